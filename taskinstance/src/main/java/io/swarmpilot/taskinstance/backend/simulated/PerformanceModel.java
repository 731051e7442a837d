package io.swarmpilot.taskinstance.backend.simulated;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Times of a language model on one kind of hardware, as measured: linear between measurements.
///
/// @param prompts time to read a prompt by its tokens, ms
/// @param steps time to generate a token for everyone in a batch by its size, ms
record PerformanceModel(
    NavigableMap<Integer, Double> prompts, NavigableMap<Integer, Double> steps) {
  /// Copies the maps.
  PerformanceModel {
    prompts = new TreeMap<>(prompts);
    steps = new TreeMap<>(steps);
  }

  /// Beyond the longest prompt measured, at the rate between the last two.
  double promptMs(int tokens) {
    return at(prompts, tokens);
  }

  /// Beyond the largest batch measured, likewise.
  double stepMs(int batch) {
    return at(steps, batch);
  }

  private static double at(NavigableMap<Integer, Double> measured, int x) {
    Map.Entry<Integer, Double> first = measured.firstEntry();
    if (x <= first.getKey() || measured.size() == 1) {
      return first.getValue();
    }
    Map.Entry<Integer, Double> above = measured.ceilingEntry(x);
    Map.Entry<Integer, Double> upper = above == null ? measured.lastEntry() : above;
    Map.Entry<Integer, Double> lower = measured.lowerEntry(upper.getKey());
    double slope = (upper.getValue() - lower.getValue()) / (upper.getKey() - lower.getKey());
    return lower.getValue() + slope * (x - lower.getKey());
  }
}
