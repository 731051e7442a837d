package io.swarmpilot.predictor.learn;

/// Told how far training is; may stop it by throwing.
@FunctionalInterface
public interface TrainingProgress {
  /// Nobody is interested.
  TrainingProgress NONE = (phase, done, total) -> {};

  /// Some steps of a phase are done.
  ///
  /// @param total how many there are
  void at(Phase phase, long done, long total);

  /// What training is at.
  enum Phase {
    /// Fitting the model.
    LEARNING("learning"),
    /// Predicting what was held out.
    EVALUATING("evaluating");

    private final String label;

    Phase(String label) {
      this.label = label;
    }

    /// The name it has in answers.
    public String label() {
      return label;
    }
  }
}
