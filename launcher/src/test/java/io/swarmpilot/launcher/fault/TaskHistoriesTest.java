package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The laws of histories are laws: each breach is found.
final class TaskHistoriesTest {
  private final TaskHistories histories = new TaskHistories();

  @Test
  void acceptsALossAndARetry() {
    tell("task_scheduled", "scheduled", 1);
    tell("task_retried", "queued", 1);
    tell("task_scheduled", "scheduled", 2);
    tell("task_completed", "completed", 2);

    assertThatCode(histories::assertLawful).doesNotThrowAnyException();
  }

  @Test
  void findsATaskThatEndsTwice() {
    tell("task_completed", "completed", 1);
    tell("task_completed", "completed", 2);

    assertBroken("nothing follows the end");
  }

  @Test
  void findsATaskThatNeverEnds() {
    tell("task_scheduled", "scheduled", 1);

    assertBroken("it ends");
  }

  @Test
  void findsAnAttemptThatFalls() {
    tell("task_scheduled", "scheduled", 2);
    tell("task_started", "scheduled", 1);
    tell("task_completed", "completed", 2);

    assertBroken("the attempt never falls");
  }

  @Test
  void findsAStateThatGoesBackWithoutARetry() {
    tell("task_scheduled", "scheduled", 1);
    tell("task_state", "queued", 1);
    tell("task_completed", "completed", 1);

    assertBroken("states go forward");
  }

  @Test
  void findsThatNothingWasTold() {
    assertThatThrownBy(histories::assertLawful).isInstanceOf(AssertionError.class);
  }

  private void assertBroken(String law) {
    assertThatThrownBy(histories::assertLawful)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(law)
        .hasMessageContaining("task-1");
  }

  private void tell(String event, String status, int attempt) {
    boolean completed = status.equals("completed");
    histories.accept(
        new TaskEvent(
            event,
            new Task(
                "task-1",
                status,
                "",
                "model",
                Optional.empty(),
                completed ? Optional.of(true) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                attempt,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }
}
