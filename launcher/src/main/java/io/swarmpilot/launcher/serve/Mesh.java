package io.swarmpilot.launcher.serve;

import io.swarmpilot.gateway.Gateway;
import io.swarmpilot.predictor.PredictorServer;
import io.swarmpilot.scheduler.SchedulerServer;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The whole mesh in one process: the same services as in separate ones, joined by channels that do
/// not leave it.
final class Mesh implements Serving {
  private final MeshScreen screen;
  private final Parts parts;
  private final Gateway gateway;
  private final SchedulerServer scheduler;
  private final PredictorServer predictor;
  private final List<TaskInstanceServer> instances;
  private final InstanceRegistry registry;

  Mesh(
      MeshSettings settings,
      Parts parts,
      Gateway gateway,
      SchedulerServer scheduler,
      PredictorServer predictor,
      List<TaskInstanceServer> instances,
      InstanceRegistry registry) {
    this.screen = new MeshScreen(settings);
    this.parts = parts;
    this.gateway = gateway;
    this.scheduler = scheduler;
    this.predictor = predictor;
    this.instances = List.copyOf(instances);
    this.registry = registry;
  }

  /// Starts everything and waits until the models are loaded and every instance takes tasks.
  ///
  /// @throws io.swarmpilot.launcher.settings.CommandFailure when something cannot start; nothing is
  ///   left running
  static Mesh start(MeshSettings settings) {
    PortCheck.requireFree(settings.host(), settings.roles());
    return Starting.allOrNothing(parts -> new MeshAssembly(settings, parts).start());
  }

  @Override
  public Map<String, Object> urls() {
    return screen.urls();
  }

  @Override
  public void announce(PrintWriter out) {
    screen.announce(out);
  }

  /// The edge first, so that nothing new comes in; then the tasks; then what they ran on.
  @Override
  public void drain(Duration grace) {
    Deadline deadline = Deadline.in(grace);
    gateway.drain(deadline.left());
    registry.awaitIdle(deadline);
    instances.forEach(instance -> instance.drain(deadline.left()));
    scheduler.drain(deadline.left());
    predictor.drain(deadline.left());
    close();
  }

  @Override
  public void close() {
    parts.close();
  }
}
