package io.swarmpilot.benchmark.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A report as CSV, one row for each run.
final class CsvReport {
  private CsvReport() {}

  static String of(RunReport report) {
    List<String> header = new ArrayList<>(List.of("name", "offered_rps", "complete", "valid"));
    Arrays.stream(Figure.values()).map(Figure::key).forEach(header::add);
    return report.steps().stream()
        .map(CsvReport::row)
        .collect(Collectors.joining("", String.join(",", header) + "\n", ""));
  }

  private static String row(ReportedStep step) {
    List<String> cells = new ArrayList<>();
    cells.add(quoted(step.name()));
    cells.add(step.offeredRps().isPresent() ? number(step.offeredRps().getAsDouble()) : "");
    cells.add(String.valueOf(step.complete()));
    cells.add(String.valueOf(step.problems().isEmpty()));
    for (Figure figure : Figure.values()) {
      cells.add(number(figure.of(step.measured())));
    }
    return String.join(",", cells) + "\n";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  /// Quoted where it must be, and never a formula to a spreadsheet.
  private static String quoted(String text) {
    String safe = text.matches("^[=+@\\t\\r-].*") ? "'" + text : text;
    return safe.matches("[^\",\\r\\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
  }
}
