package io.swarmpilot.benchmark.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.read.LatencyReader;
import io.swarmpilot.benchmark.simulate.read.TraceReader;
import io.swarmpilot.benchmark.simulate.reference.Reference;
import io.swarmpilot.benchmark.simulate.report.MarkdownReport;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How well every strategy schedules, written down: a change of behaviour is a change of
/// `docs/scheduling-report.md`, seen in review. `-Dgolden.update` writes it anew.
final class SchedulingReportTest {
  private static final Path REPORT = Path.of("../docs/scheduling-report.md");
  private static final String DATA = "../predictor/src/test/resources/data/";

  @Test
  void theReportIsWhatTheCodeDoes() throws IOException {
    Trace mix =
        Trace.merged(
            Stream.of("conv", "code")
                .map(name -> TraceReader.read(Path.of(DATA + "azure-llm-2023-" + name + ".csv.gz")))
                .toList());
    Fleet fleet =
        Fleet.parse(
            "a100:32",
            "llama2-70b",
            LatencyReader.read(Path.of(DATA + "splitwise-perf-model.csv.gz")),
            1,
            0);
    // What is known is exact but for noise, so that a change of the learner is none of the report.
    Setup setup =
        new Setup(
            mix,
            fleet,
            new Sample(Sampling.RESAMPLED, 6_000, 0.2),
            ImmutableList.of(0.7, 0.85, 0.95),
            ImmutableList.of(1L),
            Information.ORACLE,
            Promise.NONE,
            Faults.NONE,
            PolicySettings.DEFAULTS,
            ImmutableDoubleArray.of());
    List<String> subjects =
        new ArrayList<>(PolicyRegistry.discover(PolicySettings.DEFAULTS).names());
    Reference.worthShowing(false).stream().map(Reference::label).forEach(subjects::add);
    List<Row> rows = new Experiment(setup).run(subjects, (what, done) -> {});
    String report = MarkdownReport.of(rows);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(REPORT, report);
    }
    assertThat(report).isEqualTo(Files.readString(REPORT));
  }
}
