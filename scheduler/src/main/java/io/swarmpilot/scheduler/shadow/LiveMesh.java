package io.swarmpilot.scheduler.shadow;

import io.swarmpilot.scheduler.core.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of the live mesh: its tasks, what its instances run on, and how long they take to
/// start what they are given.
public final class LiveMesh {
  private final Map<String, LiveTask> tasks = new HashMap<>();
  private final Map<String, LiveInstance> instances = new HashMap<>();

  /// Knows what these events tell, and no more.
  public void begin(List<Event> facts, long now) {
    tasks.clear();
    instances.clear();
    facts.forEach(event -> see(event, now));
  }

  /// Takes note of an event.
  ///
  /// @return the task that it is about, if it is about one that is known
  public @Nullable LiveTask see(Event event, long now) {
    return switch (event) {
      case Event.InstanceRegistered registered -> {
        instance(registered.uuid()).reports(registered.registration().status());
        yield null;
      }
      case Event.InstanceReported reported -> {
        instance(reported.uuid()).reports(reported.status());
        yield null;
      }
      case Event.InstanceRemoved removed -> {
        instances.remove(removed.uuid());
        yield null;
      }
      case Event.TaskAccepted accepted -> accept(accepted);
      case Event.TaskPlaced placed -> place(placed);
      case Event.TaskStarted started -> start(started);
      case Event.TaskReleased released -> release(released.taskId());
      case Event.TaskCancelRequested request -> tasks.get(request.taskId());
      case Event.TaskCompleted completed -> complete(completed);
      case Event.TaskDemoted demoted -> tasks.get(demoted.taskId());
      case Event.StrategyChanged _,
          Event.PredictModeChanged _,
          Event.InstanceConnected _,
          Event.InstanceDisconnected _,
          Event.InstanceDraining _,
          Event.CompletedForgotten _ ->
          null;
    };
  }

  /// A task that has not ended, if there is one of this id.
  @Nullable LiveTask find(String id) {
    return tasks.get(id);
  }

  /// How long an instance lately took to start what it was given while a slot was free, ms.
  double handoverMs(String instance) {
    LiveInstance known = instances.get(instance);
    return known == null ? 0 : known.handoverMs();
  }

  private LiveTask accept(Event.TaskAccepted accepted) {
    LiveTask task = new LiveTask(accepted);
    tasks.put(task.id(), task);
    return task;
  }

  private @Nullable LiveTask place(Event.TaskPlaced placed) {
    LiveTask task = tasks.get(placed.taskId());
    if (task != null) {
      task.placed(placed.instance(), instance(placed.instance()), placed.at());
    }
    return task;
  }

  private @Nullable LiveTask start(Event.TaskStarted started) {
    LiveTask task = tasks.get(started.taskId());
    if (task != null) {
      task.started(started.at());
    }
    return task;
  }

  private @Nullable LiveTask release(String id) {
    LiveTask task = tasks.get(id);
    if (task != null) {
      task.released();
    }
    return task;
  }

  private @Nullable LiveTask complete(Event.TaskCompleted completed) {
    LiveTask task = tasks.remove(completed.taskId());
    if (task != null) {
      task.ended(completed.outcome(), completed.at());
    }
    return task;
  }

  private LiveInstance instance(String uuid) {
    return instances.computeIfAbsent(uuid, unknown -> new LiveInstance());
  }
}
