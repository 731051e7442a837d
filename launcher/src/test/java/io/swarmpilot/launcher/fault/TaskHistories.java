package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a watch told about each task, in order, and the laws every such history obeys.
final class TaskHistories implements Consumer<TaskEvent> {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, List<TaskEvent>> histories = new HashMap<>();
  private int completed;

  /// Takes one event of the watch.
  @Override
  public void accept(TaskEvent event) {
    lock.lock();
    try {
      histories.computeIfAbsent(event.task().taskId(), _ -> new ArrayList<>()).add(event);
      if (event.task().completed()) {
        completed++;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until at least this many ends of tasks were told.
  void awaitCompleted(int count, Duration limit) throws InterruptedException {
    await(limit, count + " tasks completed", () -> completed >= count);
  }

  /// Waits until each of these tasks has ended, and returns them as they ended.
  List<Task> awaitEndOf(Collection<String> taskIds, Duration limit) throws InterruptedException {
    await(
        limit,
        "the end of " + taskIds.size() + " tasks",
        () -> taskIds.stream().allMatch(this::ended));
    return taskIds.stream().map(this::latest).toList();
  }

  /// Waits until at least this many tasks were last told to be as described.
  void awaitTasks(int count, String what, Duration limit, Predicate<TaskEvent> described)
      throws InterruptedException {
    await(
        limit,
        count + " tasks " + what,
        () -> latestEvents().stream().filter(described).count() >= count);
  }

  /// The latest word about every task.
  List<TaskEvent> latestEvents() {
    lock.lock();
    try {
      return histories.values().stream().map(List::getLast).toList();
    } finally {
      lock.unlock();
    }
  }

  /// Fails unless every history is lawful: states go forward except where a retry is told, the
  /// attempt never falls, and there is exactly one end, after which nothing follows.
  void assertLawful() {
    lock.lock();
    try {
      assertThat(histories).isNotEmpty();
      histories.forEach(TaskHistories::assertLawful);
    } finally {
      lock.unlock();
    }
  }

  private static void assertLawful(String taskId, List<TaskEvent> events) {
    String story = taskId + ": " + events.stream().map(TaskHistories::brief).toList();
    for (int i = 1; i < events.size(); i++) {
      Task before = events.get(i - 1).task();
      Task after = events.get(i).task();
      assertThat(before.completed()).as("nothing follows the end; %s", story).isFalse();
      assertThat(after.attempt())
          .as("the attempt never falls; %s", story)
          .isGreaterThanOrEqualTo(before.attempt());
      if (!events.get(i).event().equals("task_retried") && after.attempt() == before.attempt()) {
        assertThat(stage(after))
            .as("states go forward; %s", story)
            .isGreaterThanOrEqualTo(stage(before));
      }
    }
    assertThat(events.getLast().task().completed()).as("it ends; %s", story).isTrue();
  }

  private static int stage(Task task) {
    return List.of("queued", "scheduled", "completed").indexOf(task.status());
  }

  private static String brief(TaskEvent event) {
    return event.event() + "/" + event.task().status() + "/" + event.task().attempt();
  }

  private boolean ended(String taskId) {
    return histories.containsKey(taskId) && latest(taskId).completed();
  }

  private Task latest(String taskId) {
    return histories.getOrDefault(taskId, List.of()).getLast().task();
  }

  private void await(Duration limit, String what, java.util.function.BooleanSupplier holds)
      throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!holds.getAsBoolean()) {
        assertThat(left)
            .as("within %s: %s; %s of %s ended", limit, what, completed, histories.size())
            .isPositive();
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
