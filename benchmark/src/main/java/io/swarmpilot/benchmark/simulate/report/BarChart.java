package io.swarmpilot.benchmark.simulate.report;

import io.swarmpilot.benchmark.simulate.measure.Row;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A figure of every row as a bar on a logarithmic scale, so that factors are lengths.
final class BarChart {
  private static final int LABELS = 190;
  private static final int BARS = 260;
  private static final int HEIGHT = 16;
  private static final int VALUES = 70;

  /// A bar shows values down to this share of the greatest.
  private static final double LEAST_SHARE = 1e-3;

  private BarChart() {}

  static String of(String title, List<Row> rows, Columns column) {
    return of(title, rows, column::of);
  }

  static String of(String title, List<Row> rows, ToDoubleFunction<Row> figure) {
    double most = rows.stream().mapToDouble(figure).filter(Double::isFinite).max().orElse(1);
    double least = rows.stream().mapToDouble(figure).filter(value -> value > 0).min().orElse(most);
    double from = Math.max(least, most * LEAST_SHARE) / 1.2;
    StringBuilder chart = new StringBuilder("<figure><figcaption>");
    chart.append(HtmlReport.escaped(title)).append("</figcaption>");
    chart.append(
        String.format(
            Locale.ROOT,
            "<svg width=\"%d\" height=\"%d\" role=\"img\">",
            LABELS + BARS + VALUES,
            rows.size() * HEIGHT + 4));
    for (int i = 0; i < rows.size(); i++) {
      double value = figure.applyAsDouble(rows.get(i));
      double length = value > from ? BARS * Math.log(value / from) / Math.log(most / from) : 0;
      chart.append(bar(rows.get(i), i * HEIGHT, value, Double.isFinite(length) ? length : 0));
    }
    return chart.append("</svg></figure>\n").toString();
  }

  private static String bar(Row row, int top, double value, double length) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s %s</text>"
            + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>"
            + "<text x=\"%.1f\" y=\"%d\">%.3g</text>",
        LABELS - 6,
        top + HEIGHT - 4,
        HtmlReport.escaped(row.policy()),
        row.load(),
        LABELS,
        top + 2,
        length,
        HEIGHT - 4,
        row.reference() ? "#b8bec6" : "#2f6fde",
        LABELS + length + 4,
        top + HEIGHT - 4,
        value);
  }
}
