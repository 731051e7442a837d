package io.swarmpilot.benchmark.simulate.report;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.simulate.measure.Row;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// Rows as a page of Markdown with charts of text, to be committed and compared: figures are
/// rounded, so that it changes when behaviour does.
public final class MarkdownReport {
  private static final ImmutableList<Columns> SHOWN =
      ImmutableList.of(
          Columns.MEAN,
          Columns.P99,
          Columns.SLOWDOWN,
          Columns.SLOWDOWN_P99,
          Columns.WITHIN_3X,
          Columns.WITHIN_5X,
          Columns.MAX_WAIT,
          Columns.JAIN);

  private static final int WIDTH = 40;

  private static final String HEAD =
      """
      # How well strategies schedule

      Made by `SchedulingReportTest`; `./mvnw -pl benchmark -am test -Dgolden.update -Dtest=SchedulingReportTest
      -Dsurefire.failIfNoSpecifiedTests=false` writes it anew. Every strategy of the scheduler on the same 6,000 tasks of Azure's two
      traces of 2023 (conversation and code, second half), 32 simulated A100 that run one task at a time, measured times of
      llama2-70b ± 20 %, execution times known. *Slowdown* is the response time over the time the task takes alone; names in
      brackets are references, not strategies.
      """;

  private MarkdownReport() {}

  /// The page.
  public static String of(List<Row> rows) {
    StringBuilder page = new StringBuilder(HEAD);
    rows.stream()
        .map(Row::load)
        .distinct()
        .forEach(load -> {
          List<Row> some = rows.stream().filter(row -> row.load() == load).toList();
          page.append("\n## Load ").append(load).append("\n\n").append(table(some));
          page.append(chart("Mean slowdown", some, Columns.SLOWDOWN::of));
          page.append(chart("p99 slowdown", some, Columns.SLOWDOWN_P99::of));
        });
    return page.toString();
  }

  private static String table(List<Row> rows) {
    StringBuilder table = new StringBuilder("| strategy |");
    SHOWN.forEach(column -> table.append(' ').append(column.heading()).append(" |"));
    table.append("\n|---|").append("---:|".repeat(SHOWN.size())).append('\n');
    for (Row row : rows) {
      table.append("| ").append(name(row)).append(" |");
      SHOWN.forEach(column -> table.append(' ').append(column.text(row)).append(" |"));
      table.append('\n');
    }
    return table.toString();
  }

  /// Bars on a logarithmic scale from 1.
  private static String chart(String title, List<Row> rows, ToDoubleFunction<Row> figure) {
    double most = rows.stream().mapToDouble(figure).max().orElse(1);
    StringBuilder chart = new StringBuilder("\n").append(title).append(", logarithmic:\n\n```\n");
    for (Row row : rows) {
      double share = most > 1 ? Math.log(figure.applyAsDouble(row)) / Math.log(most) : 0;
      chart.append(
          String.format(
                  Locale.ROOT,
                  "%-24s %8.2f %s",
                  name(row),
                  figure.applyAsDouble(row),
                  "#".repeat((int) Math.round(WIDTH * Math.clamp(share, 0.0, 1.0))))
              .stripTrailing());
      chart.append('\n');
    }
    return chart.append("```\n").toString();
  }

  private static String name(Row row) {
    return row.reference() ? "(" + row.policy() + ")" : row.policy();
  }
}
