package io.swarmpilot.benchmark.report;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What differs between two reports, run by run, figure by figure.
///
/// @param rows the figures of the runs that both have
/// @param onlyInOne names of runs that only one of them has
public record Comparison(ImmutableList<Row> rows, ImmutableList<String> onlyInOne) {
  /// How far figures must be apart to be called different when nothing was repeated, as a share.
  private static final double NOISE = 0.05;

  /// One figure of one run.
  ///
  /// @param step name of the run
  /// @param figure the figure
  /// @param before its value in the first report
  /// @param after its value in the second
  /// @param verdict what that means
  public record Row(String step, Figure figure, double before, double after, Verdict verdict) {
    /// The second by the first; 1 when both are 0.
    public double ratio() {
      return before == after ? 1 : after / before;
    }
  }

  /// What a difference means.
  public enum Verdict {
    /// The second is better.
    BETTER,
    /// The second is worse.
    WORSE,
    /// Within what repetitions, or without them 5 %, call noise.
    SAME,
    /// A figure that is neither good nor bad.
    NEUTRAL
  }

  /// Compares. Runs of the same name belong together; two reports of one run each do so whatever
  /// their names are.
  public static Comparison of(RunReport before, RunReport after) {
    List<Row> rows = new ArrayList<>();
    List<String> alone = new ArrayList<>();
    boolean single = before.steps().size() == 1 && after.steps().size() == 1;
    for (ReportedStep step : before.steps()) {
      Optional<ReportedStep> partner =
          single ? Optional.of(after.steps().getFirst()) : named(step.name(), after);
      partner.ifPresentOrElse(found -> addRows(step, found, rows), () -> alone.add(step.name()));
    }
    if (!single) {
      after.steps().stream()
          .map(ReportedStep::name)
          .filter(name -> named(name, before).isEmpty())
          .forEach(alone::add);
    }
    return new Comparison(ImmutableList.copyOf(rows), ImmutableList.copyOf(alone));
  }

  /// A table for a terminal.
  public String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("run", "figure", "before", "after", "ratio", ""));
    for (Row row : rows) {
      lines.add(
          List.of(
              row.step(),
              row.figure().heading(),
              Numbers.text(row.before()),
              Numbers.text(row.after()),
              row.before() == 0 && row.after() != 0 ? "-" : Numbers.format("%.3f", row.ratio()),
              mark(row.verdict())));
    }
    StringBuilder text = new StringBuilder(ConsoleTable.table(lines));
    onlyInOne.forEach(name -> text.append("only in one of them: %s%n".formatted(name)));
    return text.toString();
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case BETTER -> "better";
      case WORSE -> "worse";
      case SAME -> "same";
      case NEUTRAL -> "";
    };
  }

  private static Optional<ReportedStep> named(String name, RunReport report) {
    return report.steps().stream().filter(step -> step.name().equals(name)).findFirst();
  }

  private static void addRows(ReportedStep before, ReportedStep after, List<Row> rows) {
    for (Figure figure : Figure.values()) {
      double first = figure.of(before.measured());
      double second = figure.of(after.measured());
      rows.add(new Row(before.name(), figure, first, second, verdict(figure, before, after)));
    }
  }

  private static Verdict verdict(Figure figure, ReportedStep before, ReportedStep after) {
    if (figure.better() == Figure.Better.NEITHER) {
      return Verdict.NEUTRAL;
    }
    double first = figure.of(before.measured());
    double second = figure.of(after.measured());
    Interval one = before.intervals().get(figure.key());
    Interval two = after.intervals().get(figure.key());
    boolean differs =
        (one != null && two != null)
            ? one.isApartFrom(two)
            : Math.abs(second - first) > NOISE * Math.max(Math.abs(first), Math.abs(second));
    if (!differs) {
      return Verdict.SAME;
    }
    boolean lowerIsBetter = figure.better() == Figure.Better.LOWER;
    return second < first == lowerIsBetter ? Verdict.BETTER : Verdict.WORSE;
  }
}
