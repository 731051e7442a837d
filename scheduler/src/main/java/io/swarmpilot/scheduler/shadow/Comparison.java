package io.swarmpilot.scheduler.shadow;

import java.util.HashMap;
import java.util.Map;

/// The same tasks in the live mesh and in a virtual one. A task counts once it has ended in both;
/// not when its caller withdrew it or the model failed on it. Of those that count the last ones are
/// kept.
final class Comparison {
  private final Map<String, Trial> open = new HashMap<>();
  private final Side live;
  private final Side shadow;
  private final double[] alone;
  private final double[] objectives;
  private final int window;
  private long compared;
  private long excluded;
  private long assumed;

  /// @param window most tasks kept
  Comparison(int window) {
    this.window = window;
    live = new Side(window);
    shadow = new Side(window);
    alone = new double[window];
    objectives = new double[window];
  }

  /// A task is submitted: it is to be compared.
  void follow(LiveTask task) {
    open.put(task.id(), new Trial(task));
  }

  /// A task ended in the live mesh.
  void endedLive(LiveTask task) {
    Trial trial = open.get(task.id());
    if (trial != null) {
      settle(trial);
    }
  }

  /// A task ended in the virtual mesh.
  void endedShadow(Trial trial) {
    if (open.containsKey(trial.task.id())) {
      open.put(trial.task.id(), trial);
      settle(trial);
    }
  }

  /// Follows nothing any more: what is open cannot be told.
  void lose() {
    open.clear();
  }

  /// Tasks that ended in both, all told.
  long compared() {
    return compared;
  }

  /// Tasks that were left out because they were withdrawn or failed.
  long excluded() {
    return excluded;
  }

  /// Tasks compared whose time in the virtual mesh was the predicted one.
  long assumed() {
    return assumed;
  }

  /// Tasks that have yet to end on either side.
  int open() {
    return open.size();
  }

  /// How the tasks kept fared in the live mesh.
  Figures live() {
    return live.figures(kept(), alone, objectives);
  }

  /// How the same tasks fared in the virtual mesh.
  Figures shadow() {
    return shadow.figures(kept(), alone, objectives);
  }

  private int kept() {
    return (int) Math.min(compared, window);
  }

  private void settle(Trial trial) {
    LiveTask task = trial.task;
    switch (task.ending()) {
      case OPEN -> {
        // The live mesh has yet to end it.
      }
      case FAILED, CANCELLED -> {
        excluded++;
        open.remove(task.id());
      }
      case SUCCEEDED, DROPPED -> {
        if (trial.hasEnded()) {
          open.remove(task.id());
          add(trial, task);
        }
      }
    }
  }

  private void add(Trial trial, LiveTask task) {
    int place = (int) (compared++ % window);
    boolean succeeded = task.ending() == LiveTask.Ending.SUCCEEDED;
    live.put(place, task.waitMs(), succeeded ? task.responseMs() : Double.NaN);
    shadow.put(place, trial.waitMs(), trial.succeeded ? trial.responseMs() : Double.NaN);
    alone[place] = task.aloneMs();
    objectives[place] = task.sloMs();
    assumed += trial.assumed ? 1 : 0;
  }
}
