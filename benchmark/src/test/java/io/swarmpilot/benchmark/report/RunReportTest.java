package io.swarmpilot.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.benchmark.measure.Concurrency;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Metric;
import io.swarmpilot.benchmark.measure.Series;
import io.swarmpilot.benchmark.measure.Timeline;
import io.swarmpilot.benchmark.measure.Timeline.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/// Reports in all of their forms.
class RunReportTest {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir private Path directory;

  @Test
  void jsonIsReadAsWhatWasWritten() throws IOException, ReportException {
    RunReport report = report(step("10 req/s", 10, 1), step("20 req/s", 20, 3));
    Path file = Files.writeString(directory.resolve("r.json"), ReportFormat.JSON.text(report));
    RunReport read = ReportReader.read(file);
    assertThat(ReportFormat.JSON.text(read)).isEqualTo(ReportFormat.JSON.text(report));
    Measurement measured = read.steps().getLast().measured();
    assertThat(measured.series(Metric.RESPONSE).quantileMs(0.99)).isCloseTo(30, within(0.1));
    assertThat(measured.timeline().slices()).hasSize(2);
    assertThat(read.steps().getFirst().intervals())
        .containsEntry("response_p50_ms", new Interval(4, 6));
  }

  @Test
  void yamlSaysTheSameAsJson() {
    RunReport report = report(step("10 req/s", 10, 1));
    Yaml yaml = new Yaml();
    assertThat(yaml.<Map<String, Object>>load(ReportFormat.YAML.text(report)))
        .isEqualTo(yaml.<Map<String, Object>>load(ReportFormat.JSON.text(report)));
  }

  @Test
  void csvHasARowForEachRunAndNoFormulas() {
    RunReport report = report(step("=1+2,\"x\"", 10, 1), step("b", 20, 3));
    String[] lines = ReportFormat.CSV.text(report).split("\n", -1);
    assertThat(lines).hasSize(4);
    assertThat(lines[0]).startsWith("name,offered_rps,complete,valid,requests,throughput_rps,");
    assertThat(lines[1]).startsWith("\"'=1+2,\"\"x\"\"\",10,true,true,4,1.5,");
    assertThat(lines[0].split(",", -1)).hasSameSizeAs(lines[2].split(",", -1));
  }

  @Test
  void thePageNeedsNothingElseAndShowsWhatIsWrong() {
    ReportedStep broken =
        new ReportedStep(
            "<b>late</b>",
            OptionalDouble.empty(),
            measurement(1),
            false,
            ImmutableList.of("the generator fell behind"),
            ImmutableMap.of());
    String page = ReportFormat.HTML.text(report(step("10 req/s", 10, 1), broken));
    assertThat(page)
        .contains("Response time, from the intended start", "Gaps between outputs")
        .contains("&lt;b&gt;late&lt;/b&gt; is invalid: the generator fell behind")
        .contains("&lt;b&gt;late&lt;/b&gt; is incomplete")
        .doesNotContain("<b>late</b>", "http://", "https://", "NaN", "Infinity")
        .doesNotContain("Response time against load");
    assertThat(ReportFormat.HTML.text(report(step("a", 10, 1), step("b", 20, 3))))
        .contains("Response time against load", "Throughput against load");
  }

  @Test
  void aRunWithoutRequestsIsShownToo() {
    ReportedStep empty = ReportedStep.of("none", OptionalDouble.empty(), Measurement.NONE);
    for (ReportFormat format : ReportFormat.values()) {
      assertThat(format.text(report(empty))).doesNotContain("NaN", "Infinity");
    }
    assertThat(ConsoleTable.of(report(empty))).contains("p99 ms");
  }

  @Test
  void theTableTellsErrorsAndWhatIsInvalid() {
    ReportedStep broken =
        new ReportedStep(
            "run",
            OptionalDouble.empty(),
            measurement(1),
            false,
            ImmutableList.of("too late"),
            ImmutableMap.of());
    assertThat(ConsoleTable.of(report(broken)))
        .contains("errors", "25.00 %", "run: 1 × http_503: busy", "run: INVALID: too late")
        .endsWith("run: incomplete\n");
  }

  @Test
  void aComparisonTellsNoiseFromChange() {
    Comparison worse = Comparison.of(report(step("a", 10, 1)), report(step("b", 10, 3)));
    assertThat(worse.rows())
        .filteredOn(row -> row.figure() == Figure.RESPONSE_P99)
        .singleElement()
        .satisfies(row -> assertThat(row.ratio()).isCloseTo(3, within(0.01)))
        .extracting(Comparison.Row::verdict)
        .isEqualTo(Comparison.Verdict.WORSE);
    assertThat(worse.table()).contains("p99 ms", "3.00", "worse");
    Comparison same = Comparison.of(report(step("a", 10, 1)), report(step("a", 10, 1)));
    assertThat(same.rows())
        .extracting(Comparison.Row::verdict)
        .containsOnly(Comparison.Verdict.SAME, Comparison.Verdict.NEUTRAL);
  }

  @Test
  void repetitionsDecideWhatIsNoise() {
    RunReport before = report(step("a", 10, 1));
    // Its median is 10 % lower, but its interval is the same.
    RunReport after = report(step("a", 10, 0.9));
    assertThat(Comparison.of(before, after).rows())
        .filteredOn(row -> row.figure() == Figure.RESPONSE_P50)
        .extracting(Comparison.Row::verdict)
        .containsOnly(Comparison.Verdict.SAME);
  }

  @Test
  void runsOfOnlyOneReportAreNamed() {
    Comparison comparison =
        Comparison.of(
            report(step("a", 10, 1), step("b", 20, 1)), report(step("b", 20, 1), step("c", 30, 1)));
    assertThat(comparison.onlyInOne()).containsExactly("a", "c");
    assertThat(comparison.rows()).extracting(Comparison.Row::step).containsOnly("b");
  }

  @Test
  void whatIsNoReportIsSaidInASentence() throws IOException {
    assertThatThrownBy(() -> ReportReader.read(directory.resolve("none.json")))
        .isInstanceOf(ReportException.class)
        .hasMessageEndingWith("none.json: cannot be read");
    Path text = Files.writeString(directory.resolve("x.json"), "{\"format\": 3");
    assertThatThrownBy(() -> ReportReader.read(text)).hasMessageContaining("x.json: is no JSON");
    Path other = Files.writeString(directory.resolve("y.json"), "{\"format\": 3}");
    assertThatThrownBy(() -> ReportReader.read(other))
        .hasMessageEndingWith("y.json: is no report: 'format' is not " + ReportTree.FORMAT);
    Path broken =
        Files.writeString(
            directory.resolve("z.json"),
            ReportFormat.JSON
                .text(report(step("a", 1, 1)))
                .replaceFirst("\"response\" : \"[^\"]*\"", "\"response\" : \"AAAA\""));
    assertThatThrownBy(() -> ReportReader.read(broken)).hasMessageContaining("no histogram");
  }

  private static RunReport report(ReportedStep... steps) {
    return new RunReport(
        "a run", TIME, ImmutableMap.of("target", "mock"), ImmutableList.copyOf(steps));
  }

  private static ReportedStep step(String name, double rate, double factor) {
    return new ReportedStep(
        name,
        OptionalDouble.of(rate),
        measurement(factor),
        true,
        ImmutableList.of(),
        ImmutableMap.of("response_p50_ms", new Interval(4, 6)));
  }

  private static Measurement measurement(double factor) {
    Series response = Series.of(4 * factor, 5 * factor, 10 * factor);
    return new Measurement(
        2,
        ImmutableMap.of(
            Count.ATTEMPTED, 4L, Count.SUCCEEDED, 3L, Count.FINISHED, 3L, Count.FAILED, 1L),
        ImmutableMap.of(Metric.RESPONSE, response, Metric.GAP, Series.of(1, 2, 3)),
        ImmutableSortedMap.of("http_503", 1L),
        ImmutableSortedMap.of("http_503", "busy"),
        new Concurrency(1.5, 3),
        new Timeline(
            1,
            ImmutableList.of(
                new Slice(2, 2, 0, 10, Series.of(4 * factor, 5 * factor)),
                new Slice(2, 1, 1, 5, Series.of(10 * factor)))));
  }
}
