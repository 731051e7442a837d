package io.swarmpilot.scheduler.predict;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.core.Estimates;
import io.swarmpilot.scheduler.core.Target;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the predictor answered to one question.
///
/// @param byTarget the good answers, by what they were asked for
/// @param complete the same, ready for use, when every answer is good and none a prior
/// @param late whether it answered nothing yet when it was needed
record PredictionAnswers(
    Map<Target, Estimate> byTarget, Optional<Estimates> complete, boolean late) {
  /// Method of an answer that rests on nothing.
  static final String PRIOR = "prior";

  /// No answer.
  static final PredictionAnswers NONE = new PredictionAnswers(Map.of(), Optional.empty(), false);

  /// No answer in time.
  static final PredictionAnswers LATE = new PredictionAnswers(Map.of(), Optional.empty(), true);

  /// Answers in the order of the targets; where one was bad it is empty.
  static PredictionAnswers of(List<Target> targets, List<Optional<Estimate>> answers) {
    ImmutableMap.Builder<Target, Estimate> builder = ImmutableMap.builder();
    for (int i = 0; i < targets.size(); i++) {
      Target target = targets.get(i);
      answers.get(i).ifPresent(estimate -> builder.put(target, estimate));
    }
    ImmutableMap<Target, Estimate> good = builder.buildOrThrow();
    boolean complete =
        !good.isEmpty()
            && good.size() == targets.size()
            && good.values().stream().noneMatch(estimate -> estimate.method().equals(PRIOR));
    return new PredictionAnswers(
        good,
        complete
            ? Optional.of(new Estimates(good, good.values().iterator().next()))
            : Optional.empty(),
        false);
  }

  boolean isEmpty() {
    return byTarget.isEmpty();
  }

  Optional<Estimate> on(Target target) {
    return Optional.ofNullable(byTarget.get(target));
  }
}
