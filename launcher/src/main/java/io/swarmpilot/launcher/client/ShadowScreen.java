package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.PolicyFigures;
import io.swarmpilot.proto.scheduler.v1.ShadowReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Shows reports on shadows to people: each shadow, and below it the same tasks as they really
/// fared.
final class ShadowScreen {
  private static final List<String> HEADINGS =
      List.of(
          "SHADOW",
          "STRATEGY",
          "TASKS",
          "WAIT",
          "WAIT P99",
          "RESPONSE",
          "P99",
          "SLOWDOWN",
          "P99",
          "WITHIN 3X",
          "5X",
          "OBJECTIVES",
          "DROPPED");

  private ShadowScreen() {}

  /// @param live strategy in force, "" when that is not known
  static void show(List<ShadowReport> reports, String live, Screen screen) {
    List<List<String>> rows = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (ShadowReport report : reports) {
      rows.add(row(report.getName(), report.getStrategy(), report.getShadow()));
      rows.add(row("  live", live.isEmpty() ? "-" : live, report.getLive()));
      remarks.addAll(remarks(report));
    }
    screen.table(HEADINGS, rows);
    remarks.forEach(screen::line);
  }

  private static List<String> row(String name, String strategy, PolicyFigures figures) {
    return List.of(
        name,
        strategy,
        Integer.toString(figures.getTasks()),
        millis(figures.getWait().hasMeanMs(), figures.getWait().getMeanMs()),
        millis(figures.getWait().hasP99Ms(), figures.getWait().getP99Ms()),
        millis(figures.getResponse().hasMeanMs(), figures.getResponse().getMeanMs()),
        millis(figures.getResponse().hasP99Ms(), figures.getResponse().getP99Ms()),
        number(figures.hasSlowdownMean(), figures.getSlowdownMean()),
        number(figures.hasSlowdownP99(), figures.getSlowdownP99()),
        percent(figures.hasWithin3X(), figures.getWithin3X()),
        percent(figures.hasWithin5X(), figures.getWithin5X()),
        percent(figures.hasObjectiveMet(), figures.getObjectiveMet()),
        Integer.toString(figures.getDropped()));
  }

  private static List<String> remarks(ShadowReport report) {
    List<String> remarks = new ArrayList<>();
    if (!report.getState().equals("running")) {
      remarks.add(report.getName() + " is " + report.getState());
    }
    if (report.getAssumedTasks() > 0) {
      remarks.add(
          report.getName()
              + ": "
              + report.getAssumedTasks()
              + " of "
              + report.getComparedTasks()
              + " tasks took their predicted time: the actual one was not known in time");
    }
    if (report.getLagSeconds() >= 1) {
      remarks.add(
          String.format(
              Locale.ROOT, "%s is %.0f s behind", report.getName(), report.getLagSeconds()));
    }
    if (report.getRestarts() > 0) {
      remarks.add(report.getName() + " began anew " + report.getRestarts() + " times after losses");
    }
    return remarks;
  }

  private static String millis(boolean known, double ms) {
    return known ? Screen.millis(ms) : "-";
  }

  private static String number(boolean known, double value) {
    return known ? String.format(Locale.ROOT, "%.2f", value) : "-";
  }

  private static String percent(boolean known, double share) {
    return known ? String.format(Locale.ROOT, "%.1f %%", 100 * share) : "-";
  }
}
