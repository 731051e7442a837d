package io.swarmpilot.taskinstance.backend.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationSettingsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MEASURED =
      """
      model,hardware,prompt_size,batch_size,token_size,prompt_time,token_time,tensor_parallel
      llama2-70b,a100-80gb,512,1,128,200,50,8
      llama2-70b,a100-80gb,512,1,128,210,52,8
      llama2-70b,a100-80gb,512,1,128,190,48,8
      llama2-70b,a100-80gb,512,5,128,900,70,8
      llama2-70b,a100-80gb,1024,1,128,400,50,8
      llama2-70b,a100-80gb,512,1,128,999,999,2
      bloom-176b,h100-80gb,512,1,128,300,60,8
      """;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1, 2.5})
  void drawsGammasOfTheGivenMeanAndSpread(double cv) {
    Latency latency = new Latency.Gamma(20, cv);
    SplittableRandom random = new SplittableRandom(3);
    double[] draws = DoubleStream.generate(() -> latency.draw(random)).limit(100_000).toArray();
    double mean = DoubleStream.of(draws).average().orElseThrow();
    double variance =
        DoubleStream.of(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();

    assertThat(DoubleStream.of(draws).boxed()).allMatch(x -> x >= 0);
    assertThat(mean).isCloseTo(20, within(0.5));
    assertThat(Math.sqrt(variance) / mean).isCloseTo(cv, within(0.05));
  }

  @Test
  void drawsBetweenQuantiles() throws RunFailure {
    SimulationSettings settings =
        parse(
            "{\"distribution\":\"quantiles\",\"seed\":1,"
                + "\"quantiles\":{\"0.99\":1000,\"0.5\":100,\"0.0\":50}}");
    double[] draws = draws(settings, "{}");

    assertThat(share(draws, 75)).isCloseTo(0.25, within(0.02));
    assertThat(share(draws, 100)).isCloseTo(0.5, within(0.02));
    assertThat(share(draws, 550)).isCloseTo(0.745, within(0.02));
    assertThat(DoubleStream.of(draws).boxed()).allMatch(ms -> ms >= 50 && ms <= 1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        """
        [{"model_type": "m", "quantiles": [0, 1], "quantile_predictions": [10, 20],
          "features": {"size": 100}},
         {"model_type": "m", "status": "success", "quantiles": [0, 1],
          "quantile_predictions": [1000, 2000], "features": {"size": 10000}},
         {"model_type": "m", "status": "failed", "quantiles": [0.5], "quantile_predictions": [1],
          "features": {"size": 90}},
         {"model_type": "other", "quantiles": [0.5], "quantile_predictions": [7]}]
        """,
        """
        size,q0,1,expect,error,model_type
        100,10,20,15,3,m
        10000,1000,2000,1500,300,m
        90,1,1,1,1,other
        """,
        """
        model_type,size,quantiles,quantile_predictions
        m,100,"[0, 1]","[10, 20]"
        m,10000,"[0, 1]","[1000, 2000]"
        """
      })
  void looksUpTheClosestRecord(String table, @TempDir Path directory)
      throws IOException, RunFailure {
    Path file = Files.writeString(directory.resolve("table"), table);
    SimulationSettings settings = parse("{\"table_file\":\"" + file + "\",\"seed\":1}");

    assertThat(DoubleStream.of(draws(settings, "{\"size\":91}")).boxed())
        .allMatch(ms -> ms >= 10 && ms <= 20);
    assertThat(DoubleStream.of(draws(settings, "{\"size\":5000}")).boxed())
        .allMatch(ms -> ms >= 1_000 && ms <= 2_000);
  }

  @Test
  void takesTheTimesOfAMeasuredModel(@TempDir Path directory) throws IOException, RunFailure {
    Path file = Files.writeString(directory.resolve("perf.csv"), MEASURED);
    SimulationSettings settings =
        parse(
            "{\"performance_file\":\""
                + file
                + "\",\"performance_hardware\":\"a100\",\"performance_model\":\"Llama2-70B\","
                + "\"output_tokens\":4,\"slots\":8}");
    Work work = work(settings, "{\"prompt_tokens\":768}");

    // The median of three, then half way to the next size.
    assertThat(work.prompt().ms(1)).isCloseTo(300, within(1e-9));
    assertThat(work.step().ms(1)).isEqualTo(50);
    assertThat(work.step().ms(3)).isEqualTo(60);
    assertThat(work.tokens()).isEqualTo(4);
    assertThat(work.promptTokens()).isEqualTo(768);
    Work longer = work(settings, "{\"input_tokens\":2048,\"max_tokens\":9}");
    assertThat(longer.prompt().ms(1)).isCloseTo(800, within(1e-9));
    assertThat(longer.tokens()).isEqualTo(9);
  }

  @Test
  void saysWhatWasMeasured(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("perf.csv"), MEASURED);

    assertThat(
            violation("{\"performance_file\":\"" + file + "\",\"performance_hardware\":\"h200\"}")
                .message())
        .contains(
            "no times of one model on h200; it has bloom-176b on h100-80gb with tensor_parallel 8");
  }

  @Test
  void sharesALatencyOutAmongTokens() throws RunFailure {
    Work work =
        work(parse("{\"latency_ms\":1000,\"output_tokens\":8,\"first_output_share\":0.6}"), "{}");

    assertThat(work.prompt().ms(1)).isEqualTo(600);
    assertThat(work.step().ms(1)).isEqualTo(50);
    assertThat(work.aloneMs()).isEqualTo(1_000);
  }

  @Test
  void slowsSomeTasksDownAndAllOfABatch() throws RunFailure {
    SimulationSettings settings =
        parse(
            "{\"latency_ms\":100,\"slowdown_rate\":0.1,\"slowdown\":5,\"batch_slowdown\":0.5,"
                + "\"slots\":4,\"seed\":2}");
    double[] draws = draws(settings, "{}");

    assertThat(DoubleStream.of(draws).boxed()).allMatch(ms -> ms == 100 || ms == 500);
    assertThat(share(draws, 100)).isCloseTo(0.9, within(0.02));
    assertThat(work(settings, "{}").prompt().ms(3) / work(settings, "{}").prompt().ms(1))
        .isCloseTo(2, within(1e-9));
  }

  @Test
  void goesWrongForAWhile() {
    Faults faults =
        parse(
                "{\"failure_rate\":0.5,\"faults\":[{\"from_s\":1,\"to_s\":3,\"failure_rate\":0.5},"
                    + "{\"from_s\":2,\"slowdown\":4}]}")
            .faults();

    assertThat(faults.failureRate(999)).isEqualTo(0.5);
    assertThat(faults.failureRate(1_000)).isEqualTo(0.75);
    assertThat(faults.failureRate(3_000)).isEqualTo(0.5);
    assertThat(faults.slowness(1_999)).isEqualTo(1);
    assertThat(faults.slowness(2_000)).isEqualTo(4);
    assertThat(faults.nextChange(0)).isEqualTo(1_000);
    assertThat(faults.nextChange(1_000)).isEqualTo(2_000);
    assertThat(faults.nextChange(2_500)).isEqualTo(3_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"latency\":1} | config.latency",
        "{\"distribution\":\"gamma\",\"mean_ms\":-1} | config.mean_ms",
        "{\"distribution\":\"gamma\",\"cv\":101} | config.cv",
        "{\"distribution\":\"quantiles\"} | config.quantiles",
        "{\"distribution\":\"quantiles\",\"quantiles\":{\"0.5\":9,\"0.9\":8}} | config.quantiles",
        "{\"distribution\":\"quantiles\",\"quantiles\":{\"half\":9}} | config.quantiles",
        "{\"distribution\":\"gamma\",\"latency_field\":\"ms\"} | config.latency_field",
        "{\"latency_ms\":1,\"table_file\":\"/none\"} | config.table_file",
        "{\"table_file\":\"/none\"} | config.table_file",
        "{\"table_file\":\"src\"} | config.table_file",
        "{\"table_file\":\"pom.xml\"} | config.table_file",
        "{\"performance_file\":\"pom.xml\"} | config.performance_hardware",
        "{\"slots\":0} | config.slots",
        "{\"slots\":1025} | config.slots",
        "{\"batch_slowdown\":-0.1} | config.batch_slowdown",
        "{\"output_tokens\":1.5} | config.output_tokens",
        "{\"first_output_share\":2} | config.first_output_share",
        "{\"noise_cv\":-1} | config.noise_cv",
        "{\"failure_kind\":\"fire\"} | config.failure_kind",
        "{\"failure_at\":2} | config.failure_at",
        "{\"slowdown\":0} | config.slowdown",
        "{\"faults\":{}} | config.faults",
        "{\"faults\":[{\"from_s\":2,\"to_s\":1}]} | config.faults[0].to_s",
        "{\"faults\":[{},{\"rate\":1}]} | config.faults[1].rate",
        "{\"faults\":[7,{\"slowdown\":-1}]} | config.faults[1].slowdown"
      })
  void namesTheSettingThatIsWrong(String config, String field) {
    MeshException refused = catchThrowableOfType(MeshException.class, () -> parse(config));

    assertThat(refused.violations()).extracting(FieldViolation::field).contains(field);
  }

  private static FieldViolation violation(String config) {
    MeshException refused = catchThrowableOfType(MeshException.class, () -> parse(config));
    return refused.violations().getFirst();
  }

  private static SimulationSettings parse(String config) {
    return SimulationSettings.parse(new ReplicaSpec("m", json(config)));
  }

  private static Work work(SimulationSettings settings, String input) throws RunFailure {
    return settings.fate("task", json(input), 0).work();
  }

  private static double[] draws(SimulationSettings settings, String input) throws RunFailure {
    double[] draws = new double[5_000];
    for (int i : IntStream.range(0, draws.length).toArray()) {
      draws[i] = settings.fate("task-" + i, json(input), 0).work().aloneMs();
    }
    return draws;
  }

  private static double share(double[] draws, double atMost) {
    return DoubleStream.of(draws).filter(ms -> ms <= atMost).count() / (double) draws.length;
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
