package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.OutputFigures;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskSnapshot.Prediction;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.testing.RecordingCaller;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.Settings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a reader hears of changes that come while the present state is being told.
final class TaskStreamTest {
  private final SchedulerView view =
      new SchedulerView(new Settings("shortest_queue", PredictMode.DEFAULT));
  private final RecordingCaller<WatchTasksResponse> reader = new RecordingCaller<>();

  @Test
  void aTaskThatEndsMeanwhileIsToldOnce() {
    TaskStream stream = stream("a", "b");
    TaskSnapshot ended = task("a", TaskStatus.COMPLETED);
    view.tasks().show(ended);
    view.tasks().show(task("b", TaskStatus.SCHEDULED));

    stream.changed(TaskChange.COMPLETED, ended);
    stream.open();
    stream.changed(TaskChange.COMPLETED, ended);
    stream.changed(TaskChange.COMPLETED, task("b", TaskStatus.COMPLETED));

    assertThat(heard())
        .containsExactly(
            "task_state a completed", "task_state b scheduled", "task_completed b completed");
    assertThat(reader.isOver()).isTrue();
  }

  @Test
  void whoFollowsAllHearsNoOlderStateAfterANewerOne() {
    TaskStream stream = stream();
    view.tasks().show(task("a", TaskStatus.SCHEDULED));

    stream.changed(TaskChange.COMPLETED, task("a", TaskStatus.COMPLETED));
    stream.open();

    assertThat(heard()).containsExactly("task_completed a completed");
    assertThat(reader.isOver()).isFalse();
  }

  private TaskStream stream(String... taskIds) {
    return new TaskStream(view, reader, Runnable::run, List.of(taskIds), "", 100);
  }

  static TaskSnapshot task(String id, TaskStatus status) {
    return new TaskSnapshot(
        id,
        id.charAt(0),
        "m",
        TaskTraits.PLAIN,
        status,
        "",
        1,
        "",
        false,
        false,
        Prediction.NONE,
        0,
        0,
        0,
        0,
        "",
        status == TaskStatus.COMPLETED,
        "",
        Optional.empty(),
        OutputFigures.NONE,
        Payload.NONE,
        Payload.NONE);
  }

  private List<String> heard() {
    return reader.heard().stream()
        .map(event ->
            event.getEvent()
                + " "
                + event.getData().getTaskId()
                + " "
                + event.getData().getTaskStatus())
        .toList();
  }
}
