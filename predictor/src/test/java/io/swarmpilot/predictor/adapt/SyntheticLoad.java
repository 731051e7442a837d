package io.swarmpilot.predictor.adapt;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.Objects;
import java.util.SplittableRandom;

/// Executions of a known law: time rises with two sizes, scatters by 15 %, and differs by instance
/// and with a load that only the times give away.
final class SyntheticLoad {
  private final SplittableRandom random;
  private final ModelIdentity identity;
  private int made;

  /// A factor on all times.
  double load = 1;

  SyntheticLoad(ModelIdentity identity, int seed) {
    this.identity = identity;
    this.random = new SplittableRandom(seed);
  }

  Features task() {
    return new Features(
        ImmutableSortedMap.of(
            "input_tokens", (double) random.nextInt(10, 2_000),
            "output_tokens", (double) random.nextInt(1, 500)));
  }

  /// The median time on a typical instance, ms.
  static double median(Features features) {
    return 5 + 0.05 * size("input_tokens", features) + 2 * size("output_tokens", features);
  }

  private static double size(String name, Features features) {
    return Objects.requireNonNull(features.values().get(name));
  }

  Execution execution(String instance) {
    Features features = task();
    double slow = instance.equals("slow") ? 1.5 : 1;
    double time = median(features) * load * slow * Math.exp(0.15 * random.nextGaussian());
    return new Execution("task-" + made++, 1, new Query(identity, features), time);
  }
}
