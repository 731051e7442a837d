package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Starts a server for every replica and talks to it. Chosen by `{"backend": "process"}`; settings
/// are in `docs/engines.md`.
public final class ProcessBackend implements Backend {
  private static final long MAX_LOG_BYTES = 8L << 20;

  private final Site site;
  private final List<Backend> engines;
  private final Executor watchers;
  private final Path folder;
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Set<ServerLife> lives = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// Ends at once what an instance with the same folder left behind when it was killed.
  ///
  /// @param engines backends that talk to servers: `openai` and `ollama`
  /// @param gpus GPUs of the instance; 0: they are not accounted for
  /// @param folder where logs and records go, the instance's own; made when it is needed
  /// @param watchers a thread for each server
  public ProcessBackend(List<Backend> engines, int gpus, Path folder, Executor watchers) {
    this.engines = List.copyOf(engines);
    this.folder = folder;
    this.watchers = watchers;
    this.site =
        new Site(
            new LoopbackPorts(RandomGenerator.getDefault()),
            GpuDevices.of(gpus, System.getenv(GpuDevices.VARIABLE)),
            new ServerRecords(folder));
    site.records().buryOrphans();
  }

  @Override
  public String name() {
    return "process";
  }

  @Override
  public boolean runs(String modelType) {
    return false;
  }

  @Override
  public Workload workload() {
    return Workload.WAITING;
  }

  @Override
  public boolean runsCommands() {
    return true;
  }

  @Override
  public Replica open(ReplicaSpec spec) {
    ProcessSettings settings = ProcessSettings.parse(spec);
    int number = lastNumber.incrementAndGet();
    ServerLog output = new ServerLog(folder.resolve("server-" + number + ".log"), MAX_LOG_BYTES);
    ServerStarter starter =
        new ServerStarter(spec, settings, engine(settings.protocol()), site, output);
    ServerLife life = new ServerLife();
    lives.add(life);
    var _ =
        life.gone()
            .thenRun(() -> {
              lives.remove(life);
              output.close();
            });
    return watched(new ServerReplica(starter, life, start(starter, life)), life);
  }

  /// Ends every server; blocks until nothing is left of them.
  @Override
  public void close() {
    closed = true;
    List<ServerLife> left = List.copyOf(lives);
    left.forEach(life -> life.stop().complete(null));
    left.forEach(life -> life.gone().join());
  }

  private RunningServer start(ServerStarter starter, ServerLife life) {
    boolean started = false;
    try (var _ = new StartGuard(life)) {
      if (closed) {
        throw draining();
      }
      RunningServer server = starter.start(life.stop());
      started = true;
      return server;
    } finally {
      if (!started) {
        life.gone().complete(null);
      }
    }
  }

  private Replica watched(ServerReplica replica, ServerLife life) {
    try {
      watchers.execute(replica::watch);
      return replica;
    } catch (RejectedExecutionException e) {
      life.stop().complete(null);
      replica.watch();
      throw draining();
    }
  }

  private static MeshException draining() {
    return MeshException.of(ErrorReason.DRAINING, "the instance is shutting down");
  }

  private Backend engine(Protocol protocol) {
    return engines.stream()
        .filter(backend -> backend.name().equals(protocol.backend()))
        .findFirst()
        .orElseThrow();
  }
}
