package io.swarmpilot.benchmark.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.time.Instant;

/// What a benchmark found.
///
/// @param name its name
/// @param madeAt when it ended
/// @param setup what was measured and how, for people
/// @param steps its runs, at least one
public record RunReport(
    String name,
    Instant madeAt,
    ImmutableMap<String, String> setup,
    ImmutableList<ReportedStep> steps) {
  /// Refuses a report of nothing.
  public RunReport {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("a report needs a run");
    }
  }
}
