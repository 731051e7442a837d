package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.client.BatchSubmission;
import io.swarmpilot.client.NewTask;
import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskEvent;
import io.swarmpilot.client.TaskWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One of two separate instance processes is lost, frozen or stopped under load.
@Timeout(120)
final class InstanceLossIT {
  private static final Duration NOTICED = Duration.ofSeconds(3);
  private static final Duration ALL_END = Duration.ofSeconds(25);
  private static final double FROZEN_SECONDS = 4;
  private static final double UNDER_WAY_SECONDS = 0.25;
  private static final int TASKS = 120;

  private final TaskHistories histories = new TaskHistories();
  private SeparateMesh mesh;
  private MeshProcess first;
  private Ports firstPorts;
  private TaskWatch watch;

  @BeforeEach
  void startMesh(@TempDir Path directory) throws Exception {
    mesh = new SeparateMesh(directory);
    mesh.startScheduler();
    firstPorts = Ports.free();
    first = mesh.startInstance("first", firstPorts, Model.STEADY);
    mesh.startInstance("second", Ports.free(), Model.STEADY);
    mesh.awaitAvailable("first", "second");
    watch = mesh.client().watchTasks(List.of(), histories);
  }

  @AfterEach
  void killMesh() {
    watch.close();
    mesh.close();
  }

  @Test
  void everyTaskEndsOnceAfterAnInstanceWasKilled() throws Exception {
    String firstUuid = mesh.instance("first").tiUuid();
    List<String> tasks = submit(TASKS);
    histories.awaitCompleted(TASKS / 10, ALL_END);

    Set<String> held = openTasksOn(firstUuid);
    first.kill();
    double killed = now();
    mesh.awaitState("first", "unavailable", NOTICED);
    List<Task> ended = histories.awaitEndOf(tasks, ALL_END);

    assertThat(ended).allSatisfy(InstanceLossIT::succeeded);
    assertThat(endedAfter(killed, held, ended))
        .as("what was lost with the instance ran elsewhere, and says so")
        .isNotEmpty()
        .allSatisfy(task -> assertThat(task.attempt()).isGreaterThanOrEqualTo(2))
        .allSatisfy(task -> assertThat(task.scheduledTi()).isNotEqualTo(firstUuid));
    histories.assertLawful();

    mesh.startInstance("first", firstPorts, Model.STEADY);
    mesh.awaitAvailable("first", "second");
    assertThat(histories.awaitEndOf(submit(20), ALL_END))
        .allSatisfy(InstanceLossIT::succeeded)
        .as("the instance that returned takes tasks")
        .anySatisfy(
            task -> assertThat(task.scheduledTi()).isEqualTo(mesh.instance("first").tiUuid()));
    histories.assertLawful();
  }

  @Test
  void aFrozenInstanceReturnsAndItsLateResultsAreDiscarded() throws Exception {
    String firstUuid = mesh.instance("first").tiUuid();
    List<String> tasks = submit(TASKS);
    histories.awaitCompleted(TASKS / 10, ALL_END);

    Set<String> held = openTasksOn(firstUuid);
    first.freeze();
    double frozen = now();
    mesh.awaitState("first", "unavailable", NOTICED);
    Duration _ =
        Eventually.holds(
            "4 s are over", Duration.ofSeconds(5), () -> now() - frozen >= FROZEN_SECONDS);
    first.thaw();
    mesh.awaitAvailable("first", "second");
    List<Task> ended = histories.awaitEndOf(tasks, ALL_END);

    assertThat(ended).allSatisfy(InstanceLossIT::succeeded);
    assertThat(endedAfter(frozen, held, ended))
        .as("what it held ended by a later attempt, not by the execution that slept")
        .isNotEmpty()
        .allSatisfy(task -> assertThat(task.attempt()).isGreaterThanOrEqualTo(2))
        .allSatisfy(task -> assertThat(task.executionMs().orElseThrow()).isLessThan(2_000));
    assertThat(histories.awaitEndOf(submit(20), ALL_END)).allSatisfy(InstanceLossIT::succeeded);
    histories.assertLawful();
  }

  @Test
  void anInstanceAskedToStopFinishesWhatRunsAndHandsTheRestBack() throws Exception {
    // Bound late, an instance holds nothing that it has not started.
    mesh.client().setStrategy("shortest_queue");
    String firstUuid = mesh.instance("first").tiUuid();
    List<String> tasks = submit(TASKS);
    histories.awaitCompleted(TASKS / 10, ALL_END);

    Set<String> held = openTasksOn(firstUuid);
    first.askToStop();
    assertThat(first.awaitExit(Duration.ofSeconds(15))).as("exit code").isZero();
    List<Task> ended = histories.awaitEndOf(tasks, ALL_END);

    assertThat(ended).allSatisfy(InstanceLossIT::succeeded);
    Map<Boolean, List<Task>> byPlace =
        only(held, ended).stream()
            .collect(Collectors.partitioningBy(task -> task.scheduledTi().equals(firstUuid)));
    assertThat(byPlace.get(true))
        .as("what ran was finished where it ran")
        .isNotEmpty()
        .allSatisfy(task -> assertThat(task.attempt()).isEqualTo(1));
    assertThat(byPlace.get(false))
        .as("what had not started was run elsewhere")
        .isNotEmpty()
        .allSatisfy(task -> assertThat(task.attempt()).isEqualTo(2));
    histories.assertLawful();
  }

  private List<String> submit(int count) {
    NewTask task = NewTask.of(Model.STEADY.name(), "{\"text\": \"hi\"}");
    BatchSubmission answer =
        mesh.client().submitTasks(Model.STEADY.name(), Collections.nCopies(count, task));
    assertThat(answer.refused()).as("refused: %s", answer).isZero();
    return answer.results().stream()
        .map(BatchSubmission.Entry::taskId)
        .flatMap(Optional::stream)
        .toList();
  }

  /// Ids of the tasks that were last told to be placed on this instance and not ended.
  private Set<String> openTasksOn(String tiUuid) {
    return histories.latestEvents().stream()
        .map(TaskEvent::task)
        .filter(task -> !task.completed() && task.scheduledTi().equals(tiUuid))
        .map(Task::taskId)
        .collect(Collectors.toSet());
  }

  private static List<Task> only(Set<String> taskIds, List<Task> tasks) {
    return tasks.stream().filter(task -> taskIds.contains(task.taskId())).toList();
  }

  /// Those that ended after a moment (Unix seconds): words that were under way then have arrived.
  private static List<Task> endedAfter(double moment, Set<String> taskIds, List<Task> tasks) {
    return only(taskIds, tasks).stream()
        .filter(task -> task.completionTime().orElseThrow() > moment + UNDER_WAY_SECONDS)
        .toList();
  }

  private static double now() {
    return System.currentTimeMillis() / 1_000.0;
  }

  private static void succeeded(Task task) {
    assertThat(task.success()).as("%s", task).contains(true);
  }
}
