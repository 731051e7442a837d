package io.swarmpilot.predictor.quality;

import java.util.List;

/// Tasks as numbers, oldest first.
///
/// @param names names of the features
/// @param tasks the tasks
record Rows(List<String> names, List<Task> tasks) {
  int size() {
    return tasks.size();
  }

  Task get(int index) {
    return tasks.get(index);
  }

  Rows first(int count) {
    return new Rows(names, tasks.subList(0, count));
  }

  /// One task.
  static final class Task {
    private final int instance;
    private final double[] features;
    private final double milliseconds;

    /// @param instance who executed it
    /// @param features in the order of the names
    /// @param milliseconds time it took
    Task(int instance, double[] features, double milliseconds) {
      this.instance = instance;
      this.features = features;
      this.milliseconds = milliseconds;
    }

    int instance() {
      return instance;
    }

    /// Not to be changed.
    double[] features() {
      return features;
    }

    double milliseconds() {
      return milliseconds;
    }

    double logTime() {
      return Math.log(milliseconds);
    }
  }
}
