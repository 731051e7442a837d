package io.swarmpilot.benchmark.orchestrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// How far repetitions of one run agree: means with confidence intervals of 95 %.
final class Repetitions {
  /// Quantiles 0.975 of Student's t for 1 to 30 degrees of freedom; beyond, the normal one is near.
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042
  };

  private static final double NORMAL = 1.96;

  private Repetitions() {}

  /// By run, its figures over its repetitions; nothing for what was run once.
  static Map<String, Object> of(List<RunResult> runs) {
    Map<String, List<RunResult>> groups =
        runs.stream()
            .filter(RunResult::complete)
            .collect(
                Collectors.groupingBy(
                    run -> run.run().group(), LinkedHashMap::new, Collectors.toList()));
    Map<String, Object> told = new LinkedHashMap<>();
    groups.forEach((name, group) -> {
      if (group.size() > 1) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("count", group.size());
        figures.put("throughput_rps", interval(group, run -> run.metrics().throughputRps()));
        figures.put("avg_latency", interval(group, run -> run.metrics().avgLatency()));
        figures.put("p50_latency", interval(group, run -> run.metrics().p50Latency()));
        figures.put("p99_latency", interval(group, run -> run.metrics().p99Latency()));
        told.put(name, figures);
      }
    });
    return told;
  }

  private static Map<String, Object> interval(
      List<RunResult> runs, ToDoubleFunction<RunResult> figure) {
    List<Double> values = new ArrayList<>();
    runs.forEach(run -> values.add(figure.applyAsDouble(run)));
    double half = halfWidth(values);
    double mean = mean(values);
    Map<String, Object> interval = new LinkedHashMap<>();
    interval.put("mean", mean);
    interval.put("ci95_low", mean - half);
    interval.put("ci95_high", mean + half);
    return interval;
  }

  /// Half the width of the interval about the mean of at least two values.
  static double halfWidth(List<Double> values) {
    double mean = mean(values);
    int n = values.size();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double quantile = n - 2 < STUDENT.length ? STUDENT[n - 2] : NORMAL;
    return quantile * Math.sqrt(squares / (n - 1) / n);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
