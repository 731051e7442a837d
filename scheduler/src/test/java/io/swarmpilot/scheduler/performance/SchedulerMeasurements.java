package io.swarmpilot.scheduler.performance;

import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs benchmarks and prints their figures as a table.
///
/// Arguments: those of JMH, such as `Decision.*decide -p instances=100 -p strategy=fifo`. Without a
/// strategy the default one is measured; `-p strategy=all` measures every one there is.
public final class SchedulerMeasurements {
  private static final String STRATEGY = "strategy";
  private static final String ALLOCATION = "gc.alloc.rate.norm";

  private SchedulerMeasurements() {}

  /// Runs them.
  public static void main(String[] args) throws RunnerException, CommandLineOptionException {
    try {
      GivenParameters.check(List.of(args));
      CommandLineOptions asked = new CommandLineOptions(args);
      OptionsBuilder options = new OptionsBuilder();
      options.parent(asked).addProfiler(GCProfiler.class).addProfiler(CpuTime.class);
      options.param(STRATEGY, strategies(asked));
      print(new Runner(options.build()).run());
    } catch (NoBenchmarksException e) {
      System.err.println(
          "No benchmark's full name has that in it (Decision.*decide, for example), or none was"
              + " generated: build with `clean` and -Pbenchmark.");
      System.exit(2);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static String[] strategies(CommandLineOptions asked) {
    PolicyRegistry registry = PolicyRegistry.discover(PolicySettings.DEFAULTS);
    Collection<String> wanted = asked.getParameter(STRATEGY).orElse(List.of(registry.initial()));
    if (wanted.contains("all")) {
      return registry.names().toArray(String[]::new);
    }
    return wanted.stream()
        .map(name -> registry.startingWith(name).initial())
        .toArray(String[]::new);
  }

  private static void print(Collection<RunResult> runs) {
    System.out.println();
    System.out.println(
        "| benchmark | of | mean | ± | p99 | worst | unit | CPU ns | bytes allocated |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    for (RunResult run : runs) {
      Result<?> result = run.getPrimaryResult();
      System.out.printf(
          "| %s | %s | %.1f | %.1f | %.1f | %.1f | %s | %.1f | %.1f |%n",
          name(run),
          parameters(run),
          result.getScore(),
          result.getScoreError(),
          result.getStatistics().getPercentile(99),
          result.getStatistics().getMax(),
          result.getScoreUnit(),
          secondary(run, CpuTime.LABEL),
          secondary(run, ALLOCATION));
    }
  }

  private static double secondary(RunResult run, String label) {
    Result<?> result = run.getSecondaryResults().get(label);
    return result == null ? Double.NaN : result.getScore();
  }

  private static String name(RunResult run) {
    String full = run.getParams().getBenchmark();
    int method = full.lastIndexOf('.');
    return full.substring(full.lastIndexOf('.', method - 1) + 1);
  }

  private static String parameters(RunResult run) {
    StringBuilder text = new StringBuilder();
    for (String key : run.getParams().getParamsKeys()) {
      text.append(text.isEmpty() ? "" : ", ").append(key).append(' ');
      text.append(run.getParams().getParam(key));
    }
    return text.toString();
  }
}
