package io.swarmpilot.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.predictor.PredictorServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Training, versions and tables by commands, against a real predictor.
class TrainCommandTest {
  private static final String KEY = "chat__any__A100__any-any";

  @TempDir private Path home;

  private PredictorServer predictor;

  @BeforeEach
  void start() throws IOException {
    predictor =
        PredictorServer.start(
            PredictorConfig.defaults().withPort(0).withDataDirectory(home.resolve("data")));
  }

  @AfterEach
  void stop() {
    predictor.close();
  }

  @Test
  void trainsFromAFileAndShowsHowGoodTheModelIs() throws IOException {
    CommandLineRun run = run("train", "--file", samples(60), "--model-type", "chat");

    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("model", "chat__any__any__any-any", "60, of which 12 held out", "within 0.9");
    assertThat(run.err().lines()).contains("reading", "learning", "saving");
  }

  @Test
  void itsOptionsWinOverTheSettings() throws IOException {
    CommandLineRun run =
        run(
            "train",
            "--file",
            samples(20),
            "--settings",
            "{\"model_type\": \"image\", \"dropout\": 1}",
            "--model-type",
            "chat",
            "--hardware",
            "A100",
            "--json");

    assertThat(run.out())
        .contains("\"model_key\":\"" + KEY + "\"", "\"ignored_settings\":[\"dropout\"]");
  }

  @Test
  void listsAndRestoresVersions() throws IOException {
    String file = samples(20);
    train(file);
    train(file);

    assertThat(run("models", "versions").out()).containsPattern("\\*  " + KEY + "  2 ");
    assertThat(run("models", "restore", KEY).out()).isEqualTo(KEY + " is predicted by version 1\n");
    assertThat(run("models", "versions", KEY).out()).containsPattern("\\*  " + KEY + "  1 ");
    CommandLineRun wrong = run("models", "restore", KEY, "7");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).isEqualTo("swarmpilot: " + KEY + ": there is no version 7\n");
    assertThat(run("models").out()).contains("chat", "A100");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path bad = Files.writeString(home.resolve("bad.csv"), "x,runtime_ms\n1,-1\n");

    assertThat(run("train", "--file", bad.toString(), "--model-type", "chat"))
        .isEqualTo(
            new CommandLineRun(1, "", "swarmpilot: trace_file[0].runtime_ms: must be > 0\n"));
    assertThat(run("train", "--file", home.resolve("absent").toString()).err())
        .contains("--file: ", " cannot be read");
    assertThat(run("train", "--settings", "[]").err()).contains("--settings must be a JSON object");
    CommandLineRun table =
        run("table", "a", "b", "c", "d", "e", "--file", bad.toString(), "--format", "csv");
    assertThat(table.code()).isEqualTo(1);
    assertThat(table.err()).contains("No prediction data available for model type: a");
  }

  @Test
  void drawsABarOnATerminalAndWipesItAway() {
    StringWriter out = new StringWriter();
    ProgressBar bar = new ProgressBar(new PrintWriter(out), true);
    bar.at("learning", 75, 150);
    String drawn = out.toString();
    bar.end();

    assertThat(drawn).isEqualTo("\rlearning    " + "█".repeat(20) + "░".repeat(20) + "   50 %");
    assertThat(out.toString().substring(drawn.length()).strip()).isEmpty();
    assertThat(out.toString().substring(drawn.length())).hasSizeGreaterThan(drawn.length());
  }

  private void train(String file) {
    assertThat(run("train", "--file", file, "--model-type", "chat", "--hardware", "A100").code())
        .isZero();
  }

  private String samples(int count) throws IOException {
    String rows =
        IntStream.range(0, count)
            .mapToObj(i -> "%d,%d".formatted(i % 9, 50 + 7 * (i % 9) + i % 4))
            .collect(Collectors.joining("\n", "tokens,duration_ms\n", "\n"));
    return Files.writeString(home.resolve("samples.csv"), rows).toString();
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(
        Stream.concat(
                Arrays.stream(arguments),
                Stream.of("--server", "http://127.0.0.1:" + predictor.port()))
            .toArray(String[]::new));
  }
}
