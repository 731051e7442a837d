package io.swarmpilot.scheduler.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.forecast.Moments;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What must hold of the scheduler's state after every step.
final class Invariants {
  private Invariants() {}

  static void check(SchedulerState state, long now, String seed) {
    Set<String> charged = new HashSet<>();
    long bytes = 0;
    for (InstanceEntry instance : state.instances()) {
      assertThat(instance.forecast.size()).as(seed).isEqualTo(instance.outstanding.size());
      for (TaskEntry task : instance.outstanding.values()) {
        assertThat(task.instance).as(seed).isSameAs(instance);
        assertThat(task.status).as(seed).isEqualTo(TaskStatus.SCHEDULED);
        assertThat(task.model).as(seed).isEqualTo(instance.model());
        assertThat(charged.add(task.id)).as(seed + ": charged once").isTrue();
      }
      if (instance.outstanding.size() < instance.slots()) {
        assertThat(instance.forecast.waitingTime(now)).as(seed).isEqualTo(Moments.ZERO);
      }
    }
    int waiting = state.pools().stream().mapToInt(ModelPool::queued).sum();
    int completed = 0;
    for (TaskEntry task : state.tasks()) {
      switch (task.status) {
        case QUEUED -> assertThat(task.instance).as(seed).isNull();
        case SCHEDULED -> assertThat(charged).as(seed).contains(task.id);
        case COMPLETED -> completed++;
      }
      bytes += task.payload.bytes();
    }
    assertThat(state.completed()).as(seed).hasSize(completed);
    assertThat(state.liveTasks()).as(seed).isEqualTo(charged.size() + waiting);
    assertThat(state.liveBytes()).as(seed).isEqualTo(bytes);
  }

  /// Everything journaled of a state, as text; what is learned, such as who is ejected, is not.
  static String digest(SchedulerState state) {
    Map<String, String> tasks = new TreeMap<>();
    for (TaskEntry task : state.tasks()) {
      tasks.put(
          task.id, task.snapshot() + " " + task.losses + task.queuedAt + task.cancelRequested);
    }
    Map<String, String> instances = new LinkedHashMap<>();
    for (InstanceEntry entry : state.instances()) {
      instances.put(
          entry.uuid(),
          entry.ordinal
              + " "
              + entry.registration
              + entry.status
              + entry.connected
              + entry.draining
              + entry.incarnation
              + entry.completed
              + "/"
              + entry.failed
              + entry.outstanding.keySet());
    }
    return tasks + "\n" + instances + "\n" + state.strategy() + state.mode();
  }
}
