package io.swarmpilot.taskinstance.backend.simulated;

/// What an execution has to do: read its prompt, then generate tokens one by one.
///
/// @param prompt time to read the whole prompt, or all of the execution where nothing is generated
/// @param promptTokens tokens of the prompt; negative when unknown
/// @param tokens tokens to generate, >= 0
/// @param step time to generate a token
/// @param batched whether times depend on how many executions run beside it
record Work(Pace prompt, long promptTokens, int tokens, Pace step, boolean batched) {
  /// Work of which nothing shows before its end.
  static Work silent(double ms) {
    return new Work(Pace.of(ms), -1, 0, Pace.of(0), false);
  }

  /// The same where each further execution makes all of them slower by this share.
  Work slowedByOthers(double share) {
    return share == 0
        ? this
        : new Work(
            batch -> prompt.ms(batch) * (1 + share * (batch - 1)),
            promptTokens,
            tokens,
            batch -> step.ms(batch) * (1 + share * (batch - 1)),
            true);
  }

  /// The same, taking longer or shorter by this factor.
  Work times(double factor) {
    return factor == 1
        ? this
        : new Work(
            batch -> prompt.ms(batch) * factor,
            promptTokens,
            tokens,
            batch -> step.ms(batch) * factor,
            batched);
  }

  /// How long it takes alone, ms.
  double aloneMs() {
    return prompt.ms(1) + tokens * step.ms(1);
  }

  /// How long something takes.
  @FunctionalInterface
  interface Pace {
    /// Time while this many executions run, the own one included, ms.
    double ms(int batch);

    /// The same whatever runs.
    static Pace of(double ms) {
      return _ -> ms;
    }
  }
}
