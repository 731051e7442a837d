package io.swarmpilot.scheduler.policy;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// The obvious way to find the best candidate: sort them all.
final class SlowLeast {
  private SlowLeast() {}

  /// The one with the least score, then error of the wait, then tasks, then turn.
  static int by(Scene scene, IntToDoubleFunction score) {
    return inTurn(scene).stream()
        .min(
            Comparator.<Integer>comparingDouble(i -> big(score.applyAsDouble(i)))
                .thenComparingDouble(i -> big(scene.waitError(i)))
                .thenComparingInt(scene::outstanding))
        .orElseThrow();
  }

  /// Indices in the order of their turn: those after the one chosen last, then the others.
  static List<Integer> inTurn(Scene scene) {
    return IntStream.range(0, scene.size())
        .boxed()
        .sorted(
            Comparator.<Integer, Boolean>comparing(i -> scene.ordinal(i) <= scene.lastChosen())
                .thenComparingLong(scene::ordinal))
        .toList();
  }

  static double big(double value) {
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
