package io.swarmpilot.benchmark.report;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A report as a table for a terminal: figures by line, runs by column.
public final class ConsoleTable {
  private ConsoleTable() {}

  /// The table, with what is wrong with a run below it.
  public static String of(RunReport report) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("", report, ReportedStep::name));
    for (Figure figure : Figure.values()) {
      rows.add(row(figure.heading(), report, step -> figure.text(step.measured())));
    }
    StringBuilder text = new StringBuilder(table(rows));
    report.steps().forEach(step -> appendProblems(step, text));
    return text.toString();
  }

  private static void appendProblems(ReportedStep step, StringBuilder text) {
    step.measured()
        .errors()
        .forEach((kind, count) ->
            text.append(
                "%s: %,d × %s: %s%n"
                    .formatted(step.name(), count, kind, step.measured().messages().get(kind))));
    step.problems().forEach(why -> text.append("%s: INVALID: %s%n".formatted(step.name(), why)));
    if (!step.complete()) {
      text.append("%s: incomplete%n".formatted(step.name()));
    }
  }

  private static List<String> row(
      String heading, RunReport report, Function<ReportedStep, String> cell) {
    List<String> row = new ArrayList<>(List.of(heading));
    report.steps().stream().map(cell).forEach(row::add);
    return row;
  }

  static String table(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(List<String> row, int[] widths) {
    String first = Strings.padEnd(row.getFirst(), widths[0], ' ');
    return IntStream.range(1, row.size())
        .mapToObj(i -> Strings.padStart(row.get(i), widths[i], ' '))
        .collect(Collectors.joining("  ", first + "  ", ""))
        .stripTrailing();
  }
}
