package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.client.NewTask;
import io.swarmpilot.client.Submission;
import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The scheduler's process is lost and started again while the instances run on.
@Timeout(120)
final class SchedulerRestartIT {
  @Test
  void instancesRegisterThemselvesWithTheNewScheduler(@TempDir Path directory) throws Exception {
    try (SeparateMesh mesh = new SeparateMesh(directory)) {
      MeshProcess scheduler = mesh.startScheduler();
      mesh.startInstance("first", Ports.free(), Model.STEADY);
      mesh.startInstance("second", Ports.free(), Model.STEADY);
      mesh.awaitAvailable("first", "second");
      assertAllSucceed(mesh);

      scheduler.kill();
      mesh.startScheduler();

      mesh.awaitAvailable(Duration.ofSeconds(10), "first", "second");
      assertAllSucceed(mesh);
    }
  }

  private static void assertAllSucceed(SeparateMesh mesh) throws InterruptedException {
    List<String> tasks =
        IntStream.range(0, 20)
            .mapToObj(_ ->
                mesh.client().submitTask(NewTask.of(Model.STEADY.name(), "{\"text\": \"hi\"}")))
            .map(Submission::taskId)
            .toList();
    TaskHistories histories = new TaskHistories();
    try (TaskWatch _ = mesh.client().watchTasks(tasks, histories)) {
      List<Task> ended = histories.awaitEndOf(tasks, Duration.ofSeconds(15));
      assertThat(ended).allSatisfy(task -> assertThat(task.success()).contains(true));
      assertThat(ended.stream().map(Task::scheduledTi).distinct()).as("both take part").hasSize(2);
    }
    histories.assertLawful();
  }
}
