package io.swarmpilot.scheduler.view;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Those who follow tasks: everyone who follows all of them, and by id the others, so that a change
/// costs only those whom it concerns.
public final class TaskWatchers {
  private final Set<TaskWatcher> ofAll = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<TaskWatcher>> byTask = new ConcurrentHashMap<>();

  /// Lets a watcher follow every task.
  public void addToAll(TaskWatcher watcher) {
    ofAll.add(watcher);
  }

  /// Lets a watcher follow some tasks.
  public void add(TaskWatcher watcher, Iterable<String> taskIds) {
    for (String id : taskIds) {
      byTask.compute(
          id,
          (key, known) -> {
            Set<TaskWatcher> watchers = known == null ? ConcurrentHashMap.newKeySet() : known;
            watchers.add(watcher);
            return watchers;
          });
    }
  }

  /// Lets a watcher follow nothing any more.
  public void remove(TaskWatcher watcher, Iterable<String> taskIds) {
    ofAll.remove(watcher);
    for (String id : taskIds) {
      byTask.computeIfPresent(
          id,
          (key, watchers) -> {
            watchers.remove(watcher);
            return watchers.isEmpty() ? null : watchers;
          });
    }
  }

  /// Tells those who follow a task what happened to it.
  public void publish(TaskChange change, TaskSnapshot task) {
    for (TaskWatcher watcher : ofAll) {
      watcher.changed(change, task);
    }
    Set<TaskWatcher> watchers = byTask.get(task.taskId());
    if (watchers != null) {
      for (TaskWatcher watcher : watchers) {
        watcher.changed(change, task);
      }
    }
  }
}
