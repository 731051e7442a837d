package io.swarmpilot.predictor.quality;

import static java.util.stream.Collectors.averagingDouble;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/// Prompt and token times of large models as measured for Splitwise, interpolated: straight lines
/// between measured sizes in log-log scale.
final class PerformanceTable {
  /// A measured set-up.
  ///
  /// @param model the model
  /// @param hardware the accelerator
  /// @param tensorParallel how many of them
  record Configuration(String model, String hardware, int tensorParallel) {}

  private record Measured(
      Configuration configuration,
      int prompt,
      int batch,
      int tokens,
      double promptMs,
      double tokenMs) {}

  private record Curves(
      NavigableMap<Double, Double> promptBySize,
      NavigableMap<Double, Double> promptByBatch,
      NavigableMap<Double, Double> tokenBySize,
      NavigableMap<Double, Double> tokenByBatch) {}

  private final Map<Configuration, Curves> curves = new LinkedHashMap<>();

  PerformanceTable(List<String> csv) {
    Map<Configuration, List<Measured>> byConfiguration =
        csv.stream()
            .skip(1)
            .map(PerformanceTable::measured)
            .collect(groupingBy(Measured::configuration, LinkedHashMap::new, toList()));
    byConfiguration.forEach((configuration, rows) -> curves.put(configuration, curvesOf(rows)));
  }

  List<Configuration> configurations() {
    return new ArrayList<>(curves.keySet());
  }

  /// Time of the prompt phase, ms.
  double promptMs(Configuration configuration, double prompt, double batch) {
    Curves curve = curves.get(configuration);
    return at(curve.promptBySize, prompt) * ratio(curve.promptByBatch, batch);
  }

  /// Time of one output token, ms.
  double tokenMs(Configuration configuration, double prompt, double batch) {
    Curves curve = curves.get(configuration);
    return at(curve.tokenBySize, prompt) * ratio(curve.tokenByBatch, batch);
  }

  private static double ratio(NavigableMap<Double, Double> byBatch, double batch) {
    return at(byBatch, batch) / at(byBatch, 1);
  }

  private static Curves curvesOf(List<Measured> rows) {
    List<Measured> single = rows.stream().filter(r -> r.batch == 1 && r.tokens == 128).toList();
    List<Measured> usual = rows.stream().filter(r -> r.prompt == 512 && r.tokens == 128).toList();
    return new Curves(
        curve(single, Measured::prompt, Measured::promptMs),
        curve(usual, Measured::batch, Measured::promptMs),
        curve(single, Measured::prompt, Measured::tokenMs),
        curve(usual, Measured::batch, Measured::tokenMs));
  }

  private static NavigableMap<Double, Double> curve(
      List<Measured> rows, ToIntFunction<Measured> size, ToDoubleFunction<Measured> time) {
    return rows.stream()
        .collect(
            groupingBy(
                r -> Math.log(size.applyAsInt(r)),
                TreeMap::new,
                averagingDouble(r -> Math.log(time.applyAsDouble(r)))));
  }

  /// Outside the measured sizes the line goes on.
  private static double at(NavigableMap<Double, Double> curve, double size) {
    double x = Math.log(size);
    Map.Entry<Double, Double> below = curve.floorEntry(x);
    Map.Entry<Double, Double> above = curve.higherEntry(x);
    if (below == null) {
      below = curve.firstEntry();
      above = curve.higherEntry(below.getKey());
    } else if (above == null) {
      above = below;
      below = curve.lowerEntry(above.getKey());
    }
    double share = (x - below.getKey()) / (above.getKey() - below.getKey());
    return Math.exp(below.getValue() + share * (above.getValue() - below.getValue()));
  }

  private static Measured measured(String line) {
    String[] cell = line.split(",", -1);
    return new Measured(
        new Configuration(cell[0], cell[1], Integer.parseInt(cell[10])),
        Integer.parseInt(cell[2]),
        Integer.parseInt(cell[3]),
        Integer.parseInt(cell[4]),
        Double.parseDouble(cell[7]),
        Double.parseDouble(cell[8]));
  }
}
