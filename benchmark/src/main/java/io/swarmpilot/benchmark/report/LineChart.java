package io.swarmpilot.benchmark.report;

import com.google.common.collect.ImmutableList;
import com.google.common.html.HtmlEscapers;
import com.google.errorprone.annotations.FormatMethod;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// Curves over a common axis, as SVG. Own code, because the libraries that draw charts on the JVM
/// need AWT with fonts, which servers do not have.
///
/// @param title what is shown
/// @param across what the horizontal axis means
/// @param up what the vertical axis means
/// @param logarithmic whether the vertical axis is
/// @param curves the curves, empty ones being left out
record LineChart(
    String title, String across, String up, boolean logarithmic, ImmutableList<Curve> curves) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 260;
  private static final int LEFT = 62;
  private static final int TOP = 12;
  private static final int BOTTOM = 40;
  private static final List<String> COLOURS =
      List.of("#2f6fde", "#d9480f", "#2b8a3e", "#862e9c", "#e0a100", "#0b7285");

  LineChart {
    curves =
        curves.stream()
            .filter(curve -> !curve.points().isEmpty())
            .collect(ImmutableList.toImmutableList());
  }

  /// The chart; nothing when there is no curve.
  String svg() {
    if (curves.isEmpty()) {
      return "";
    }
    Scale x = horizontal();
    Scale y = vertical();
    StringBuilder svg = new StringBuilder();
    svg.append("<figure><figcaption>").append(escaped(title)).append("</figcaption>");
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT + 18 * ((curves.size() + 2) / 3), WIDTH, escaped(title)));
    appendAxes(x, y, svg);
    for (int i = 0; i < curves.size(); i++) {
      appendCurve(curves.get(i), i, x, y, svg);
    }
    return svg.append("</svg></figure>\n").toString();
  }

  private Scale horizontal() {
    double least = all().map(Point::x).min(Double::compare).orElse(0.0);
    double most = all().map(Point::x).max(Double::compare).orElse(1.0);
    return new Scale(least, most > least ? most : least + 1, LEFT, WIDTH - 12, false);
  }

  private Scale vertical() {
    double most = all().map(Point::y).max(Double::compare).orElse(1.0);
    double least = 0;
    if (logarithmic) {
      least = all().map(Point::y).filter(y -> y > 0).min(Double::compare).orElse(0.1);
      least = Math.pow(10, Math.floor(Math.log10(least)));
      most = Math.pow(10, Math.ceil(Math.log10(Math.max(most, least * 10))));
    }
    return new Scale(least, most > least ? most : least + 1, HEIGHT - BOTTOM, TOP, logarithmic);
  }

  private Stream<Point> all() {
    return curves.stream().flatMap(curve -> curve.points().stream());
  }

  private void appendAxes(Scale x, Scale y, StringBuilder svg) {
    for (double tick : y.ticks()) {
      svg.append(
          tag(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dfe3e8\"/>",
              LEFT, WIDTH - 12, y.at(tick), y.at(tick)));
      svg.append(text(LEFT - 6, y.at(tick) + 4, "end", Numbers.text(tick)));
    }
    for (double tick : x.ticks()) {
      svg.append(text(x.at(tick), HEIGHT - BOTTOM + 16, "middle", Numbers.text(tick)));
    }
    svg.append(text((LEFT + WIDTH) / 2.0, HEIGHT - 6, "middle", across));
    svg.append(text(4, TOP - 2, "start", up));
  }

  private void appendCurve(Curve curve, int index, Scale x, Scale y, StringBuilder svg) {
    String colour = COLOURS.get(index % COLOURS.size());
    String points =
        curve.points().stream()
            .filter(point -> !logarithmic || point.y() > 0)
            .map(point -> tag("%.1f,%.1f", x.at(point.x()), y.at(point.y())))
            .collect(Collectors.joining(" "));
    svg.append(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\" points=\"%s\"/>"
            .formatted(colour, points));
    if (curve.points().size() <= 24) {
      for (String point : points.split(" ", -1)) {
        String[] xy = point.split(",", -1);
        if (xy.length == 2) {
          svg.append(
              "<circle cx=\"%s\" cy=\"%s\" r=\"2.6\" fill=\"%s\"/>"
                  .formatted(xy[0], xy[1], colour));
        }
      }
    }
    int row = index / 3;
    double left = LEFT + 170.0 * (index % 3);
    double line = HEIGHT + 12 + 18.0 * row;
    svg.append(
        tag(
            "<rect x=\"%.0f\" y=\"%.0f\" width=\"10\" height=\"10\" fill=\"%s\"/>",
            left, line - 9, colour));
    svg.append(text(left + 15, line, "start", curve.name()));
  }

  private static String text(double x, double y, String anchor, String text) {
    return tag(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped(text));
  }

  @FormatMethod
  private static String tag(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }

  /// One curve.
  ///
  /// @param name what it shows
  /// @param points from left to right
  record Curve(String name, ImmutableList<Point> points) {}

  /// One point of a curve.
  record Point(double x, double y) {}

  /// Where values lie on the paper.
  private record Scale(double least, double most, double from, double to, boolean logarithmic) {
    double at(double value) {
      double share =
          logarithmic
              ? Math.log(value / least) / Math.log(most / least)
              : (value - least) / (most - least);
      return from + share * (to - from);
    }

    /// Four to ten round values.
    List<Double> ticks() {
      if (logarithmic) {
        return DoubleStream.iterate(least, tick -> tick <= most * 1.001, tick -> tick * 10)
            .boxed()
            .toList();
      }
      double step = Math.pow(10, Math.floor(Math.log10((most - least) / 4)));
      double count = (most - least) / step;
      double round = step * (count > 20 ? 5 : count > 8 ? 2 : 1);
      double first = Math.ceil(least / round) * round;
      return DoubleStream.iterate(first, tick -> tick <= most * 1.000001, tick -> tick + round)
          .boxed()
          .toList();
    }
  }
}
