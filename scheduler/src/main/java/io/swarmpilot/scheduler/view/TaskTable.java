package io.swarmpilot.scheduler.view;

import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Every task that is known, as it was last. Written by the loop, read by anyone without waiting;
/// as large as the bounds of the core let it become.
public final class TaskTable {
  private final Map<String, TaskSnapshot> byId = new ConcurrentHashMap<>();
  private final NavigableMap<Long, TaskSnapshot> bySequence = new ConcurrentSkipListMap<>();
  private final AtomicLong live = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  /// Shows a task as it is now.
  public void show(TaskSnapshot task) {
    TaskSnapshot before = byId.put(task.taskId(), task);
    bySequence.put(task.sequence(), task);
    live.addAndGet((isLive(task) ? 1 : 0) - (before != null && isLive(before) ? 1 : 0));
  }

  /// Shows tasks no more. `overflow` counts them as dropped because there was no room for them.
  public void hide(List<String> taskIds, boolean overflow) {
    for (String id : taskIds) {
      TaskSnapshot task = byId.remove(id);
      if (task != null) {
        bySequence.remove(task.sequence());
      }
    }
    if (overflow) {
      dropped.addAndGet(taskIds.size());
    }
  }

  /// The task of an id.
  public Optional<TaskSnapshot> find(String taskId) {
    return Optional.ofNullable(byId.get(taskId));
  }

  /// The tasks accepted and not yet completed, oldest first.
  public Stream<TaskSnapshot> liveTasks() {
    return bySequence.values().stream().filter(TaskTable::isLive);
  }

  /// How many those are.
  public int live() {
    return (int) live.get();
  }

  /// Completed tasks that were dropped because of a bound of number or bytes.
  public long dropped() {
    return dropped.get();
  }

  /// Tasks that match, newest first, a page at a time.
  ///
  /// @param before sequence the page starts below
  /// @param size most tasks of the page
  /// @param bytes most bytes of their results, beyond the first task's
  public Page page(Predicate<TaskSnapshot> filter, long before, int size, long bytes) {
    List<TaskSnapshot> tasks = new ArrayList<>();
    boolean more = false;
    long taken = 0;
    for (TaskSnapshot task : bySequence.headMap(before, false).descendingMap().values()) {
      if (filter.test(task)) {
        taken += task.result().bytes();
        if (tasks.size() == size || (taken > bytes && !tasks.isEmpty())) {
          more = true;
          break;
        }
        tasks.add(task);
      }
    }
    int total = (int) bySequence.values().stream().filter(filter).count();
    return new Page(total, tasks, more);
  }

  private static boolean isLive(TaskSnapshot task) {
    return task.status() != TaskStatus.COMPLETED;
  }

  /// A page of tasks.
  ///
  /// @param total tasks that match in all
  /// @param tasks those of the page
  /// @param more whether a page follows
  public record Page(int total, List<TaskSnapshot> tasks, boolean more) {}
}
