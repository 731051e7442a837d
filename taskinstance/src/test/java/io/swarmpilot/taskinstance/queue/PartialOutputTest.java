package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.taskinstance.backend.OutputTimes;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PartialOutputTest {
  private final QueueFixture fixture = QueueFixture.roomy();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void saysNothingOfATaskThatNobodyFollows() throws InterruptedException {
    GatedBackend.Run run = begin("a");
    run.output().emit("1");
    run.succeed("{}");

    assertThat(fixture.scheduler.next()).isInstanceOf(TaskEvent.Ended.class);
  }

  @Test
  void saysFirstWhatWasPutOutBeforeItWasFollowed() throws InterruptedException {
    GatedBackend.Run run = begin("a");
    run.output().emit("\"early\"");
    fixture.follow("a", true);
    run.output().emit("\"late\"");
    run.succeed("{}");

    assertThat(fixture.scheduler.next())
        .isEqualTo(progress(new OutputPiece(0, false, "\"early\"")));
    assertThat(fixture.scheduler.next()).isEqualTo(progress(new OutputPiece(1, false, "\"late\"")));
    assertThat(fixture.scheduler.next()).isInstanceOf(TaskEvent.Ended.class);
  }

  @Test
  void followsATaskThatStillWaits() throws InterruptedException {
    GatedBackend.Run first = begin("first");
    fixture.execute("a", 1);
    fixture.follow("a", true);
    first.succeed("{}");
    GatedBackend.Run run = fixture.backend.next();
    run.output().frame("{}");

    assertThat(fixture.scheduler.ended().taskId()).isEqualTo("first");
    assertThat(fixture.scheduler.next()).isInstanceOf(TaskEvent.Started.class);
    assertThat(fixture.scheduler.next()).isEqualTo(progress(new OutputPiece(0, true, "{}")));
  }

  @Test
  void ceasesAndBeginsAgainWithWhatIsKept() throws InterruptedException {
    GatedBackend.Run run = begin("a");
    fixture.follow("a", true);
    fixture.follow("a", false);
    run.output().emit("0");
    assertThat(fixture.scheduler.isQuiet()).isTrue();

    fixture.follow("a", true);
    fixture.follow("a", true);

    assertThat(fixture.scheduler.next()).isEqualTo(progress(new OutputPiece(0, false, "0")));
    assertThat(fixture.scheduler.isQuiet()).isTrue();
  }

  @Test
  void aNewStreamFollowsNothingUntilItAsks() throws InterruptedException {
    GatedBackend.Run run = begin("a");
    fixture.follow("a", true);
    run.output().emit("0");
    Recorder second = new Recorder(fixture.queue.dispatchPort());
    second.open();
    run.output().emit("1");
    assertThat(second.isQuiet()).isTrue();

    fixture.queue.dispatchPort().follow(second, "a", true);

    assertThat(second.next())
        .isEqualTo(progress(new OutputPiece(0, false, "0"), new OutputPiece(1, false, "1")));
  }

  @Test
  void aReaderThatDoesNotReadCostsTheOldestPiecesAndNothingElse() throws InterruptedException {
    Sleeper sleeper = new Sleeper();
    fixture.start("m", 1);
    DispatchPort port = fixture.queue.dispatchPort();
    port.attach(sleeper);
    port.execute(sleeper, new NewTask("a", 1, "m", "{}", null));
    GatedBackend.Run run = fixture.backend.next();
    port.follow(sleeper, "a", true);
    for (int i = 0; i < 100_000; i++) {
      run.output().emit("" + i);
    }

    assertThat(port.backlog()).isEqualTo(2);
    List<TaskEvent> events = port.take(sleeper, 10, 1 << 20);
    assertThat(events.get(0)).isInstanceOf(TaskEvent.Started.class);
    List<OutputPiece> pieces = ((TaskEvent.Progressed) events.get(1)).pieces();
    assertThat(pieces).hasSize(1_024);
    assertThat(pieces.getFirst()).isEqualTo(new OutputPiece(98_976, false, "98976"));
    assertThat(pieces.getLast()).isEqualTo(new OutputPiece(99_999, false, "99999"));
  }

  @Test
  void measuresWhatWasPutOut() throws InterruptedException {
    GatedBackend.Run run = begin("a");
    run.output().frame("\"opening\"");
    for (int gap : List.of(30, 10, 10, 40)) {
      fixture.clock.advance(Duration.ofMillis(gap));
      run.output().emit("1");
    }
    run.output().tokens(7, 4);
    run.fail(new RunFailure(RunFailure.Kind.EXECUTION, "broke"));

    FinishedTask task = fixture.scheduler.ended();
    assertThat(task.output().times()).isEqualTo(new OutputTimes(4, 30, 90, 20, 10, 40, 40));
    assertThat(task.output().promptTokens()).hasValue(7);
    assertThat(task.output().completionTokens()).hasValue(4);
  }

  private GatedBackend.Run begin(String id) throws InterruptedException {
    fixture.start("m", 1);
    fixture.scheduler.open();
    fixture.execute(id, 1);
    assertThat(fixture.scheduler.next()).isInstanceOf(TaskEvent.Started.class);
    return fixture.backend.next();
  }

  private static TaskEvent progress(OutputPiece... pieces) {
    return new TaskEvent.Progressed("a", 1, List.of(pieces));
  }

  /// A stream that is woken and does nothing.
  private static final class Sleeper implements DispatchListener {
    @Override
    public void eventsReady() {}

    @Override
    public void instanceChanged() {}
  }
}
