package io.swarmpilot.launcher.client;

import com.google.protobuf.Message;
import io.swarmpilot.gateway.json.JsonCodec;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// Prints what a command found: tables for people, the documented JSON for programs.
final class Screen {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
  private static final int SHOWN_DIGITS = 4;

  private final PrintWriter out;

  Screen(CommandSpec command) {
    this.out = command.commandLine().getOut();
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  /// Text that goes on where the last one ended.
  void text(String part) {
    out.print(part);
    out.flush();
  }

  /// The documented JSON of an answer.
  void json(Message message) {
    line(new String(JsonCodec.toJson(message), StandardCharsets.UTF_8));
  }

  /// Rows below their headings, columns aligned.
  void table(List<String> headings, List<List<String>> rows) {
    int[] widths = new int[headings.size()];
    for (int column = 0; column < widths.length; column++) {
      int at = column;
      widths[column] =
          Math.max(
              headings.get(column).length(),
              rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    line(aligned(headings, widths));
    rows.forEach(row -> line(aligned(row, widths)));
  }

  /// Names with their values, values aligned.
  void properties(List<List<String>> pairs) {
    int width = pairs.stream().mapToInt(pair -> pair.getFirst().length()).max().orElse(0);
    pairs.forEach(pair -> line(padded(pair.getFirst(), width) + "  " + pair.getLast()));
  }

  /// Milliseconds for people.
  static String millis(double ms) {
    return ms >= 10_000
        ? String.format(Locale.ROOT, "%.1f s", ms / 1_000)
        : String.format(Locale.ROOT, "%.1f ms", ms);
  }

  /// Mean and standard deviation for people.
  static String millis(double mean, double deviation) {
    return millis(mean) + " ± " + millis(deviation);
  }

  /// Moment for people, Unix seconds.
  static String time(double unixSeconds) {
    return TIME.format(Instant.ofEpochMilli((long) (unixSeconds * 1_000)));
  }

  /// A number for people, with as many digits as they can use.
  static String number(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value)
            .round(new MathContext(SHOWN_DIGITS))
            .stripTrailingZeros()
            .toPlainString()
        : Double.toString(value);
  }

  /// A probability as the name of a quantile: 0.5 is p50 and 0.999 is p99.9.
  static String quantile(double probability) {
    return "p"
        + BigDecimal.valueOf(probability)
            .movePointRight(2)
            .setScale(3, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }

  /// A dash for what is missing.
  static String orDash(String text) {
    return text.isEmpty() ? "-" : text;
  }

  private static String aligned(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append(i == 0 ? "" : "  ").append(padded(cells.get(i), widths[i]));
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
