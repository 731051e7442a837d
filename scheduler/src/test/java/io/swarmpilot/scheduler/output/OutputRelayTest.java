package io.swarmpilot.scheduler.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.OutputFigures;
import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutputRelayTest {
  private final SchedulerView view =
      new SchedulerView(new Settings("shortest_queue", PredictMode.DEFAULT));
  private final List<String> asked = new ArrayList<>();
  private final OutputRelay relay = new OutputRelay(view, this::ask);

  @Test
  void whatAnInstanceSendsAtOnceFindsItsReader() {
    view.tasks().show(task(TaskStatus.SCHEDULED, 1));

    OutputRelay.Subscription reading = relay.follow("a", () -> {});

    assertThat(reading.after(Position.START)).isEqualTo(piece(1, 0));
    assertThat(asked).containsExactly("one a true");
  }

  @Test
  void asksWhenTheTaskStartsAndWhenTheConnectionIsNew() {
    view.tasks().show(task(TaskStatus.QUEUED, 0));
    OutputRelay.Subscription reading = relay.follow("a", () -> {});
    assertThat(asked).isEmpty();

    view.tasks().show(task(TaskStatus.SCHEDULED, 1));
    view.watchers().publish(TaskChange.STARTED, task(TaskStatus.SCHEDULED, 1));
    relay.connected("one");
    relay.connected("two");
    assertThat(asked).containsExactly("one a true", "one a true");

    reading.close();
    assertThat(asked).endsWith("one a false");
    assertThat(relay.size()).isZero();
    view.watchers().publish(TaskChange.STARTED, task(TaskStatus.SCHEDULED, 2));
    assertThat(asked).hasSize(3);
  }

  @Test
  void takesNoWordOfOthersOrOfFormerAttempts() {
    view.tasks().show(task(TaskStatus.SCHEDULED, 2));
    OutputRelay.Subscription reading = relay.follow("a", () -> {});

    relay.progressed("two", "a", piece(2, 0));
    relay.progressed("one", "a", piece(1, 5));
    relay.progressed("one", "b", piece(2, 0));
    assertThat(reading.after(Position.START)).isNull();

    relay.progressed("one", "a", piece(2, 3));
    relay.progressed("one", "a", piece(2, 3));
    relay.progressed("one", "a", piece(2, 1));
    Piece first = reading.after(Position.START);
    assertThat(first).isEqualTo(piece(2, 3));
    assertThat(Position.START.dropped(piece(2, 3))).isEqualTo(3);
    assertThat(reading.after(Position.START.after(piece(2, 3)))).isNull();
  }

  /// An instance that answers before the question is over.
  private void ask(String instance, String taskId, boolean follow) {
    asked.add(instance + " " + taskId + " " + follow);
    relay.progressed("one", "a", piece(1, 0));
  }

  private static Piece piece(int attempt, int sequence) {
    return new Piece(attempt, sequence, false, JsonValues.of("1"));
  }

  private static TaskSnapshot task(TaskStatus status, int attempt) {
    return new TaskSnapshot(
        "a",
        1,
        "m",
        TaskTraits.PLAIN,
        status,
        status == TaskStatus.QUEUED ? "" : "one",
        attempt,
        "",
        false,
        false,
        TaskSnapshot.Prediction.NONE,
        0,
        0,
        0,
        0,
        "",
        false,
        "",
        Optional.empty(),
        OutputFigures.NONE,
        Payload.NONE,
        Payload.NONE);
  }
}
