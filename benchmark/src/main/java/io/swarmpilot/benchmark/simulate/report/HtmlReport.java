package io.swarmpilot.benchmark.simulate.report;

import com.google.common.collect.ImmutableMap;
import com.google.common.html.HtmlEscapers;
import io.swarmpilot.benchmark.simulate.measure.Row;
import java.util.Arrays;
import java.util.List;

/// Rows as a page that needs nothing else: charts and a table.
public final class HtmlReport {
  static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>SwarmPilot policy lab</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums } td, th { padding: .2rem .6rem; text-align: right }
      th { border-bottom: 2px solid #1b1f24 } td:first-child, th:first-child { text-align: left } tr.reference { color: #68707a }
      figure { display: inline-block; margin: 1rem 1rem 1rem 0; vertical-align: top } figcaption { font-weight: 600 }
      svg text { font: 11px system-ui, sans-serif }
      </style></head><body>
      <h1>SwarmPilot policy lab</h1>
      """;

  private HtmlReport() {}

  /// The page.
  ///
  /// @param setup what was run, by name
  /// @param notes what is to be said about it
  public static String of(List<Row> rows, ImmutableMap<String, String> setup, List<String> notes) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<p>");
    setup.forEach((name, value) ->
        page.append(escaped(name)).append(": <b>").append(escaped(value)).append("</b> · "));
    page.append("</p>\n");
    notes.forEach(note -> page.append("<p>").append(escaped(note)).append("</p>\n"));
    page.append(BarChart.of("Mean slowdown (1 is best)", rows, Columns.SLOWDOWN));
    page.append(BarChart.of("p99 slowdown", rows, Columns.SLOWDOWN_P99));
    page.append(BarChart.of("Tasks not within 3× of their unloaded time", rows, Row::misses3x));
    page.append(BarChart.of("p99 response time, s", rows, Columns.P99));
    page.append("\n<table><tr><th>policy</th><th>load</th>");
    for (Columns column : Columns.values()) {
      page.append("<th>").append(column.heading()).append("</th>");
    }
    page.append("</tr>\n");
    rows.forEach(row -> page.append(line(row)));
    return page.append("</table>\n</body></html>\n").toString();
  }

  private static String line(Row row) {
    StringBuilder line = new StringBuilder(row.reference() ? "<tr class=\"reference\">" : "<tr>");
    line.append("<td>").append(escaped(row.policy())).append("</td><td>").append(row.load());
    Arrays.stream(Columns.values())
        .forEach(column -> line.append("</td><td>").append(column.text(row)));
    return line.append("</td></tr>\n").toString();
  }

  static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
