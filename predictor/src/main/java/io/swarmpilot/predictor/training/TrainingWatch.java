package io.swarmpilot.predictor.training;

/// Follows a training for its caller. Called from one thread at a time.
public interface TrainingWatch {
  /// Some steps of a phase are done.
  ///
  /// @param phase "reading", "learning", "evaluating" or "saving"
  /// @param total how many there are; 0 when that is not known
  void at(String phase, long done, long total);

  /// Asked often; ends the training by throwing when nobody wants it any more.
  void requireWanted();
}
