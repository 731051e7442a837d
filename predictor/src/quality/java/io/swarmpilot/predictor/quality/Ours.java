package io.swarmpilot.predictor.quality;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.learn.Lag;
import io.swarmpilot.predictor.learn.Learner;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.predictor.learn.TrainingProgress;
import io.swarmpilot.predictor.learn.TrainingSettings;
import java.util.List;

/// The learner of this project, with its default settings and no more than the others are given: it
/// is not told which tasks ran on the same instance.
final class Ours implements QuantileLearner {
  @Override
  public String name() {
    return "SwarmPilot";
  }

  @Override
  public QuantilePredictor train(Rows rows) {
    List<Sample> samples =
        rows.tasks().stream()
            .map(task -> new Sample(features(rows.names(), task), task.milliseconds(), ""))
            .toList();
    TrainedModel model = Learner.train(samples, TrainingSettings.DEFAULTS, TrainingProgress.NONE);
    List<String> names = rows.names();
    return task -> model.logQuantiles(features(names, task), Lag.NONE);
  }

  static Features features(List<String> names, Rows.Task task) {
    ImmutableSortedMap.Builder<String, Double> features = ImmutableSortedMap.naturalOrder();
    for (int i = 0; i < names.size(); i++) {
      features.put(names.get(i), task.features()[i]);
    }
    return new Features(features.buildOrThrow());
  }
}
