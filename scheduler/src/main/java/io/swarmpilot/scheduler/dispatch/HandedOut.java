package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.scheduler.core.HeldTask;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The tasks that an instance was given on one stream, until their fate is heard: tells when the
/// instance has lost sight of some although the stream is whole. Two signs show it.
///
/// A task waits while one that was given long after it has started: instances start tasks in the
/// order in which they came.
///
/// Fewer tasks are held than should be. A sample is the number that a heartbeat gives and the tasks
/// that had long been given by then. Each of these was held at that moment, or had ended and is
/// heard of soon: once a grace time has passed, no more of them can be open than were held. Younger
/// tasks, and those of the instance's own callers, count as held and may hide a loss; then the
/// first sign shows it. Safe for use by several threads.
final class HandedOut {
  private final long graceNanos;
  private final Map<String, Given> open = new HashMap<>();
  private final SequencedMap<String, Given> waiting = new LinkedHashMap<>();
  private @Nullable Sample sample;
  private long now;
  private long newestStarted;

  /// @param graceNanos how long a message may be under way, ns
  HandedOut(long graceNanos, long nowNanos) {
    this.graceNanos = graceNanos;
    this.now = nowNanos;
    this.newestStarted = nowNanos;
  }

  /// Notes the tasks that the instance holds when the stream begins.
  synchronized void holds(List<HeldTask> tasks) {
    for (HeldTask task : tasks) {
      gave(task.taskId(), task.attempt());
      if (task.running()) {
        waiting.remove(task.taskId());
      }
    }
  }

  /// Notes that a task is sent.
  synchronized void gave(String taskId, int attempt) {
    Given given = new Given(taskId, attempt, now);
    open.put(taskId, given);
    waiting.remove(taskId);
    waiting.put(taskId, given);
  }

  /// Notes that a task began to execute.
  synchronized void started(String taskId, int attempt) {
    Given given = waiting.get(taskId);
    if (given != null && given.attempt() == attempt) {
      waiting.remove(taskId);
      newestStarted = Math.max(newestStarted, given.at());
    }
  }

  /// Notes that a task ended there, or was not taken.
  synchronized void heardOf(String taskId, int attempt) {
    Given given = open.get(taskId);
    if (given != null && given.attempt() <= attempt) {
      open.remove(taskId);
      waiting.remove(taskId);
    }
  }

  /// Notes how many tasks the instance says it holds.
  synchronized void told(int held) {
    if (sample != null || open.size() <= held) {
      return;
    }
    List<Given> old =
        open.values().stream().filter(given -> now - given.at() >= graceNanos).toList();
    if (old.size() > held) {
      sample = new Sample(held, old, now);
    }
  }

  /// Goes on in time; true when the instance has lost sight of a task.
  synchronized boolean tick(long nowNanos) {
    now = nowNanos;
    return isOvertaken() || isShort();
  }

  private boolean isOvertaken() {
    return !waiting.isEmpty() && newestStarted - waiting.firstEntry().getValue().at() > graceNanos;
  }

  private boolean isShort() {
    Sample due = sample;
    if (due == null || now - due.at() < graceNanos) {
      return false;
    }
    sample = null;
    return due.tasks().stream().filter(task -> task.equals(open.get(task.taskId()))).count()
        > due.held();
  }

  /// A task given to the instance.
  ///
  /// @param taskId its id
  /// @param attempt the attempt
  /// @param at when, ns
  private record Given(String taskId, int attempt, long at) {}

  /// What an instance said at a moment, to be judged later.
  ///
  /// @param held tasks it held
  /// @param tasks tasks it should have held or ended by then
  /// @param at when, ns
  private record Sample(int held, List<Given> tasks, long at) {}
}
