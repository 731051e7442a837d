package io.swarmpilot.predictor.learn;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Made-up laws of execution time, of which the truth is known.
public final class Laws {
  private Laws() {}

  /// Time grows with input and output tokens as on a language model's server; tasks with a long
  /// output scatter more.
  public static Sample tokens(RandomGenerator random) {
    double input = Math.exp(3 + 4 * random.nextDouble());
    double output = Math.exp(1 + 5 * random.nextDouble());
    double spread = 0.05 + 0.25 * (Math.log(output) - 1) / 5;
    double ms = (20 + 0.5 * input + 12 * output) * Math.exp(spread * random.nextGaussian());
    return new Sample(
        new Features(ImmutableSortedMap.of("input_tokens", input, "output_tokens", output)),
        ms,
        "");
  }

  /// Many of [#tokens(RandomGenerator)].
  public static List<Sample> tokens(int count, RandomGenerator random) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(tokens(random));
    }
    return samples;
  }

  /// As [#tokens(int, RandomGenerator)], on a server that falls into another gear here and there:
  /// what no smooth fit follows.
  public static List<Sample> gears(int count, RandomGenerator random) {
    return tokens(count, random).stream()
        .map(sample -> {
          double input = sample.features().values().getOrDefault("input_tokens", 0.0);
          double gear = input > 600 ? 3 : input > 200 && input < 300 ? 2 : 1;
          return new Sample(sample.features(), gear * sample.milliseconds(), "");
        })
        .toList();
  }

  /// A law of one feature on instances whose slowdown wanders.
  public static List<Sample> wandering(int count, int instances, RandomGenerator random) {
    double[] slowdown = new double[instances];
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int instance = random.nextInt(instances);
      slowdown[instance] = 0.98 * slowdown[instance] + 0.1 * random.nextGaussian();
      double bytes = Math.exp(4 + 4 * random.nextDouble());
      double ms = 0.2 * bytes * Math.exp(slowdown[instance] + 0.05 * random.nextGaussian());
      samples.add(
          new Sample(
              new Features(ImmutableSortedMap.of("input_bytes", bytes)), ms, "i" + instance));
    }
    return samples;
  }
}
