package io.swarmpilot.benchmark.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.latency.HardwareLatency;
import io.swarmpilot.benchmark.simulate.read.TraceReader;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Traces that tell how long each request took.
class RecordedTraceTest {
  private static final String HEADER = "arrival_ms,input_tokens,output_tokens,execution_ms,model";

  @TempDir private Path directory = Path.of("");

  @Test
  void isReplayedAsItWas() throws IOException {
    Trace trace = read("0,12,3,150,m", "100,,,250.5,m", "500,7,,50,m");
    Fleet fleet = Fleet.parse("any:2", "m", (model, name) -> HardwareLatency.recorded(name), 1, 0);
    double load = Workload.recordedLoad(trace, 0, fleet);
    // Two tasks in 500 ms, of 150.17 ms each on average, on two replicas.
    assertThat(load).isCloseTo(2 / 500.0 * 150.1667 / 2, within(1e-4));

    Workload tasks =
        Workload.of(trace, 0, new Workload.Sample(Sampling.REPLAYED, 100, 0.2), fleet, load, 1);
    assertThat(tasks.aloneMs(1, fleet)).isCloseTo(250.5, within(1e-3));
    assertThat(tasks.inputTokens(1)).as("not known").isEqualTo(1);
    assertThat(tasks.inputTokens(2)).isEqualTo(7);
    assertThat(tasks.arrivalNanos(2) - tasks.arrivalNanos(1))
        .isEqualTo(4 * (tasks.arrivalNanos(1) - tasks.arrivalNanos(0)));
  }

  @Test
  void keepsTimesWhereAllTracesTellThem() throws IOException {
    Trace one = read("0,1,1,150,m", "100,1,1,250,m");
    Trace other = read("50,1,1,7,m");
    Trace merged = Trace.merged(List.of(one, other));
    assertThat(merged.hasTimes()).isTrue();
    assertThat(merged.recordedMs(2)).isEqualTo(250);

    Path plain = directory.resolve("plain.csv");
    Files.writeString(plain, "arrival_ms,input_tokens,output_tokens\n1,1,1\n");
    assertThat(Trace.merged(List.of(one, TraceReader.read(plain))).hasTimes()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "long", "", "1e13"})
  void saysWhichTimeCannotBe(String time) {
    assertThatThrownBy(() -> read("0,1,1,5,m", "1,1,1," + time + ",m"))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("row 3");
  }

  private Trace read(String... rows) throws IOException {
    Path file = directory.resolve("recorded.csv");
    Files.writeString(file, HEADER + "\n" + String.join("\n", rows) + "\n");
    return TraceReader.read(file);
  }
}
