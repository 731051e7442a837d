package io.swarmpilot.benchmark.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.measure.Measurement;
import java.util.OptionalDouble;

/// One run of a report: of a sweep one rate, of a suite one entry.
///
/// @param name its name, unique within the report
/// @param offeredRps requests that were meant to come by second; empty in a closed loop, where the
///   server decides
/// @param measured what was measured, of all generators and repetitions together
/// @param complete whether all of it was measured: no generator was lost, nobody stopped it
/// @param problems why it says nothing about the server; empty when it does
/// @param intervals of its figures, by their name ([Figure#key()]), when there were repetitions
public record ReportedStep(
    String name,
    OptionalDouble offeredRps,
    Measurement measured,
    boolean complete,
    ImmutableList<String> problems,
    ImmutableMap<String, Interval> intervals) {
  /// A complete run without repetitions.
  public static ReportedStep of(String name, OptionalDouble offeredRps, Measurement measured) {
    return new ReportedStep(
        name, offeredRps, measured, true, ImmutableList.of(), ImmutableMap.of());
  }
}
