package io.swarmpilot.launcher.benchmark;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.mock.Freeze;
import io.swarmpilot.benchmark.mock.MockScript;
import io.swarmpilot.benchmark.mock.MockServer;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A model server that does what its options say.
@Command(
    name = "mock-server",
    description = "Serve OpenAI's interface and Ollama's with scripted times and faults.")
public final class MockServerCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;

  @Option(
      names = "--port",
      defaultValue = "8000",
      description = "Port; 0 for a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "A model it serves; may be repeated. Default: whatever is asked for.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--tokens",
      defaultValue = "16",
      description = "Output tokens of an answer unless the request wants fewer.")
  private int tokens;

  @Option(
      names = "--ttft",
      converter = TimeSpan.Converter.class,
      description = "Time to the first output. Default: 0.")
  private TimeSpan firstOutput = TimeSpan.millis(0);

  @Option(
      names = "--gap",
      converter = TimeSpan.Converter.class,
      description = "Time between two pieces. Default: 0.")
  private TimeSpan gap = TimeSpan.millis(0);

  @Option(
      names = "--stall",
      paramLabel = "GAP:TIME",
      description = "Another time for one gap, 25:1s say; may be repeated.")
  private List<String> stalls = new ArrayList<>();

  @Option(
      names = "--freeze",
      paramLabel = "FROM:LENGTH",
      description = "Do nothing from a time after the first request, 20s:10s say; repeatable.")
  private List<String> freezes = new ArrayList<>();

  @Option(
      names = "--slots",
      defaultValue = "0",
      description = "Requests served at once, others wait; 0 for any number.")
  private int slots;

  @Option(
      names = "--slow-start",
      paramLabel = "UNTIL:BY",
      description = "Slow first outputs until a time after the first request, 5s:500ms say.")
  private Optional<String> slowStart = Optional.empty();

  @Option(
      names = "--error-rate",
      defaultValue = "0",
      description = "Share of requests refused, 0 to 1.")
  private double errorRate;

  @Option(
      names = "--error-status",
      defaultValue = "503",
      description = "Their status. Default: ${DEFAULT-VALUE}.")
  private int errorStatus;

  @Option(
      names = "--stream-error-rate",
      defaultValue = "0",
      description = "Share whose stream ends with an error half way.")
  private double streamErrorRate;

  @Option(
      names = "--break-rate",
      defaultValue = "0",
      description = "Share whose connection is closed half way.")
  private double breakRate;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of what fails.")
  private long seed;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    if (spec == null || port < 0 || port > MOST_PORT) {
      throw new CommandFailure("--port must be from 0 to 65535");
    }
    try (MockServer server = MockServer.start(script(), port)) {
      spec.commandLine()
          .getOut()
          .println("Serving http://localhost:" + server.port() + " until Ctrl-C.");
      spec.commandLine().getOut().flush();
      new CountDownLatch(1).await();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (CompletionException e) {
      throw new CommandFailure("port " + port + " cannot be had: " + e.getCause(), e);
    }
    return 0;
  }

  private MockScript script() {
    Map<Integer, Duration> gaps = new LinkedHashMap<>();
    for (String stall : stalls) {
      String[] parts = pair("--stall", stall);
      gaps.put(number("--stall", parts[0]), time("--stall", parts[1]));
    }
    return new MockScript(
        ImmutableList.copyOf(models),
        tokens,
        firstOutput.duration(),
        gap.duration(),
        ImmutableMap.copyOf(gaps),
        freezes.stream()
            .map(text -> pair("--freeze", text))
            .map(parts -> new Freeze(time("--freeze", parts[0]), time("--freeze", parts[1])))
            .collect(ImmutableList.toImmutableList()),
        slots,
        slowStart
            .map(text -> pair("--slow-start", text))
            .map(parts ->
                new MockScript.SlowStart(
                    time("--slow-start", parts[0]), time("--slow-start", parts[1]))),
        new MockScript.Faults(errorRate, errorStatus, streamErrorRate, breakRate),
        seed);
  }

  private static String[] pair(String option, String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 2) {
      throw new CommandFailure(option + " '" + text + "' must be two values with a colon between");
    }
    return parts;
  }

  private static int number(String option, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new CommandFailure(option + ": '" + text + "' is no number", e);
    }
  }

  private static Duration time(String option, String text) {
    return Times.parse(option, text);
  }
}
