package io.swarmpilot.benchmark.simulate.mesh;

import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Foresight;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.InstanceStatus;
import io.swarmpilot.scheduler.core.Registration;
import java.util.List;
import java.util.function.Consumer;

/// Replicas as the scheduler knows them: instances of one model.
final class MeshInstances {
  private static final String HOST = "10.0.0.1";

  private final Fleet fleet;
  private final Consumer<Command> scheduler;
  private long sessions;

  /// @param scheduler who is told
  MeshInstances(Fleet fleet, Consumer<Command> scheduler) {
    this.fleet = fleet;
    this.scheduler = scheduler;
  }

  /// Name of a replica.
  static String uuid(int replica) {
    return "r" + replica;
  }

  /// Number of a replica by its name.
  static int replica(String uuid) {
    return Integer.parseInt(uuid, 1, uuid.length(), 10);
  }

  void register(int replica) {
    String uuid = uuid(replica);
    int port = replica + 1;
    Registration registration =
        new Registration(
            uuid,
            uuid,
            HOST,
            port,
            HOST + ":" + port,
            HOST,
            port,
            InstanceKind.MESH,
            "",
            "",
            InstanceStatus.IDLE);
    scheduler.accept(new Command.Register(registration, answer -> {}));
    connect(replica);
  }

  /// A new process of a replica says that it is there, and that it holds nothing.
  void connect(int replica) {
    long session = ++sessions;
    InstanceStatus status =
        new InstanceStatus(
            MeshRun.MODEL,
            fleet.slots(),
            fleet.slots(),
            Foresight.target(fleet.latency(replica)),
            false,
            1);
    scheduler.accept(
        new Command.Connected(uuid(replica), session, "process " + session, status, List.of()));
  }
}
