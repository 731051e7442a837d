package io.swarmpilot.launcher.fault;

import io.swarmpilot.client.Instance;
import io.swarmpilot.client.MeshClientException;
import io.swarmpilot.client.SchedulerClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A mesh of separate processes on free loopback ports: a scheduler, a predictor, and task
/// instances that register themselves.
final class SeparateMesh implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  private final MeshProcesses processes;
  private final Ports scheduler = Ports.free();
  private final Ports predictor = Ports.free();
  private final SchedulerClient client;

  SeparateMesh(Path directory) throws IOException {
    processes = new MeshProcesses(directory);
    client = new SchedulerClient("http://" + scheduler.grpcAddress(), Duration.ofSeconds(10));
  }

  /// Starts the scheduler, always on the same ports, with further settings. It does without a
  /// predictor until there is one.
  MeshProcess startScheduler(String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of("--predictor", predictor.grpcAddress()));
    all.addAll(List.of(settings));
    return start("scheduler", "scheduler", scheduler, all.toArray(String[]::new));
  }

  /// Starts the predictor that the scheduler asks.
  MeshProcess startPredictor() throws IOException {
    return start("predictor", "predictor", predictor);
  }

  /// Starts a task instance with two replicas of a model; it registers itself.
  MeshProcess startInstance(String name, Ports ports, Model model) throws IOException {
    return startInstance(name, ports, model, 2);
  }

  /// Starts a task instance with replicas of a model; it registers itself.
  MeshProcess startInstance(String name, Ports ports, Model model, int replicas)
      throws IOException {
    return start(
        name,
        "taskinstance",
        ports,
        "--instance-id",
        name,
        "--scheduler",
        scheduler.grpcAddress(),
        "--model",
        model.name(),
        "--replicas",
        Integer.toString(replicas),
        "--backend-config",
        model.config());
  }

  private MeshProcess start(String name, String command, Ports ports, String... more)
      throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            command,
            "--port",
            Integer.toString(ports.rest()),
            "--grpc-port",
            Integer.toString(ports.grpc())));
    arguments.addAll(List.of(more));
    return processes.start(name, arguments.toArray(String[]::new));
  }

  /// Base URL of the scheduler's REST port.
  String schedulerUrl() {
    return "http://127.0.0.1:" + scheduler.rest();
  }

  /// Calls the scheduler.
  SchedulerClient client() {
    return client;
  }

  /// Waits until exactly these instances are available and have loaded their model.
  void awaitAvailable(String... names) throws InterruptedException {
    awaitAvailable(START_LIMIT, names);
  }

  /// As [#awaitAvailable(String...)], within a limit.
  void awaitAvailable(Duration limit, String... names) throws InterruptedException {
    List<String> wanted = List.of(names);
    try {
      Duration _ =
          Eventually.holds(wanted + " are available", limit, () -> available().equals(wanted));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + processes.output(), e);
    }
  }

  /// Waits until the scheduler says this of the instance, and returns how long that took.
  Duration awaitState(String name, String state, Duration limit) throws InterruptedException {
    return Eventually.holds(
        name + " is " + state, limit, () -> instance(name).state().equals(state));
  }

  /// The instance that gives itself this name, as the scheduler sees it.
  Instance instance(String name) {
    List<Instance> known = client.listInstances();
    return known.stream()
        .filter(instance -> instance.instanceId().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no instance " + name + " among " + known));
  }

  private List<String> available() {
    try {
      return client.listInstances().stream()
          .filter(instance -> instance.state().equals("available") && instance.replicas() > 0)
          .map(Instance::instanceId)
          .sorted()
          .toList();
    } catch (MeshClientException e) {
      return List.of(); // The scheduler does not listen yet.
    }
  }

  @Override
  public void close() {
    client.close();
    processes.close();
  }
}
