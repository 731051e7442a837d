package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.runtime.grpc.Limits;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskRunnerTest {
  @ParameterizedTest
  @CsvSource({"x, 1", "ä, 2", "€, 3", "🌍, 4"})
  void aResultIsBoundedInBytesWhateverItsCharacters(String character, int bytes) {
    String frame = "{\"a\":\"\"}";
    int most = (Limits.MAX_BODY_BYTES - frame.length()) / bytes;

    assertThat(run("{\"a\":\"" + character.repeat(most) + "\"}"))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(run("{\"a\":\"" + character.repeat(most + 1) + "\"}"))
        .isEqualTo(
            new Outcome.Failed(
                RunFailure.Kind.EXECUTION,
                Fault.TOO_LARGE,
                "the result is larger than 67108864 bytes"));
  }

  private static Outcome run(String result) {
    return TaskRunner.run(new Answering(result), new Execution("task", "{}", new Cancellation()));
  }

  private record Answering(String result) implements Replica {
    @Override
    public Software software() {
      return new Software("answer", "1");
    }

    @Override
    public int slots() {
      return 1;
    }

    @Override
    public String run(Execution execution) {
      return result;
    }

    @Override
    public void close() {}
  }
}
