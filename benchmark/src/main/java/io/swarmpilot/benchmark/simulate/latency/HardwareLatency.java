package io.swarmpilot.benchmark.simulate.latency;

import java.util.Map;
import java.util.TreeMap;

/// How fast one kind of replica runs a model: it reads a prompt by itself, then generates a token
/// for every task of the batch in each step.
public final class HardwareLatency {
  /// What attention adds to the work on a token, as a share of the rest, for each token before it:
  /// 4 × layers × width / (2 × parameters); of models with 70 to 180 billion parameters.
  private static final double ATTENTION = 1.6e-5;

  private final String name;
  private final Curve prompt;
  private final Curve token;

  HardwareLatency(String name, Curve prompt, Curve token) {
    this.name = name;
    this.prompt = prompt;
    this.token = token;
  }

  /// Hardware on which every task takes a ms, its first token included: for tasks of which it was
  /// recorded how many they take. One task at a time.
  public static HardwareLatency recorded(String name) {
    return new HardwareLatency(
        name, new Curve(new TreeMap<>(Map.of(1, 1.0))), new Curve(new TreeMap<>(Map.of(1, 1e-9))));
  }

  /// Name of the hardware.
  public String name() {
    return name;
  }

  /// Time to read a prompt of as many tokens, ms. Beyond the longest one measured, at the last rate
  /// measured, slowed by what attention to a longer context costs.
  public double promptMs(double tokens) {
    double longest = prompt.last();
    if (tokens <= longest) {
      return prompt.at(tokens);
    }
    double middle = (tokens + longest) / 2;
    double slower = (1 + ATTENTION * middle) / (1 + ATTENTION * longest);
    return prompt.at(longest) + prompt.lastSlope() * slower * (tokens - longest);
  }

  /// Time of a step that generates a token for every task of a batch, ms.
  ///
  /// @param batch tasks in it, at least 1
  public double stepMs(int batch) {
    return token.at(batch);
  }

  /// Time a task takes that has the replica to itself, ms.
  public double aloneMs(int inputTokens, int outputTokens) {
    return promptMs(inputTokens) + outputTokens * stepMs(1);
  }

  /// Share of a replica's time that a task takes where as many run at once, ms.
  public double shareMs(int inputTokens, int outputTokens, int slots) {
    return promptMs(inputTokens) + outputTokens * stepMs(slots) / slots;
  }
}
