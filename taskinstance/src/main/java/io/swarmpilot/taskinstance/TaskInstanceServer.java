package io.swarmpilot.taskinstance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.grpc.Channel;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.BackendRegistry;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.ollama.OllamaBackend;
import io.swarmpilot.taskinstance.backend.onnx.OnnxBackend;
import io.swarmpilot.taskinstance.backend.openai.OpenAiBackend;
import io.swarmpilot.taskinstance.backend.process.ProcessBackend;
import io.swarmpilot.taskinstance.backend.simulated.SimulatedBackend;
import io.swarmpilot.taskinstance.dispatch.DispatchEndpoint;
import io.swarmpilot.taskinstance.facts.MachineFacts;
import io.swarmpilot.taskinstance.queue.TaskQueue;
import io.swarmpilot.taskinstance.registration.SelfRegistration;
import io.swarmpilot.taskinstance.service.InstanceIdentity;
import io.swarmpilot.taskinstance.service.ModelStarter;
import io.swarmpilot.taskinstance.service.StatusMessages;
import io.swarmpilot.taskinstance.service.TaskInstanceEndpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running task instance: composes its parts and owns what they run on.
public final class TaskInstanceServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TaskInstanceServer.class);
  // The scheduler is promised one every 500 ms.
  private static final long HEARTBEAT_MS = 450;
  private static final String GPU_TOOL = "nvidia-smi";
  // Reading them takes a third of a second of computing, which the start has better use for.
  private static final long FACTS_DELAY_MS = 1_000;
  // How late a task may be stopped whose time has run out.
  private static final long DEADLINE_TICK_MS = 50;

  private final TaskInstanceConfig config;
  private final Threads threads;
  private final TaskQueue queue;
  private final BackendRegistry backends;
  private final ModelStarter starter;
  private final MachineFacts facts;
  private final DispatchEndpoint dispatch;
  private final MeshServer server;
  private Optional<SelfRegistration> registration = Optional.empty();
  private CompletionStage<Void> initialModel = CompletableFuture.completedStage(null);

  private TaskInstanceServer(TaskInstanceConfig config, Threads threads) {
    this.config = config;
    this.threads = threads;
    this.queue =
        new TaskQueue(config.bounds(), config.gpus(), threads.workers(), MeshClock.system());
    this.backends = backends(config, threads);
    this.starter =
        new ModelStarter(backends, queue.replicas(), threads.workers(), config.commandsAllowed());
    InstanceIdentity identity =
        new InstanceIdentity(config.instanceId(), UUID.randomUUID().toString(), config.hardware());
    this.facts = new MachineFacts(GPU_TOOL, threads.computing());
    StatusMessages status =
        new StatusMessages(identity, () -> config.advertisedHost() + ":" + advertisedPort(), facts);
    this.dispatch = new DispatchEndpoint(queue, status);
    MeshServer.Builder builder =
        MeshServer.builder()
            .service(new TaskInstanceEndpoint(queue, starter, status))
            .service(dispatch);
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    this.server = builder.build();
  }

  /// Starts serving, registers with the scheduler if one is given, and begins to load the initial
  /// model in the background.
  ///
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static TaskInstanceServer start(TaskInstanceConfig config, Optional<Channel> scheduler)
      throws IOException {
    if (config.port() < 0 && config.inProcessName().isEmpty()) {
      throw new IllegalArgumentException("an instance without a port needs an in-process name");
    }
    Threads threads = Threads.create();
    TaskInstanceServer instance = new TaskInstanceServer(config, threads);
    try {
      instance.server.start();
    } catch (IOException e) {
      threads.close();
      throw e;
    }
    instance.begin(scheduler);
    return instance;
  }

  /// The port it listens on; -1 when it serves inside the process only.
  public int port() {
    return server.port();
  }

  /// Ends when the initial model runs, or with the failure to start it; ended already when there is
  /// none.
  public CompletionStage<Void> initialModel() {
    return initialModel;
  }

  /// Stops taking tasks, hands the waiting ones back to the scheduler, lets the running ones end
  /// for at most `grace`, then ends the rest.
  public void drain(Duration grace) {
    try {
      new Shutdown(queue, dispatch, server, backends, threads).run(registration, grace);
    } catch (InterruptedException e) {
      threads.close();
      server.close();
      Thread.currentThread().interrupt();
    }
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private void begin(Optional<Channel> scheduler) {
    var _ =
        threads
            .timer()
            .scheduleAtFixedRate(
                dispatch::heartbeat, HEARTBEAT_MS, HEARTBEAT_MS, TimeUnit.MILLISECONDS);
    var _ =
        threads
            .timer()
            .scheduleAtFixedRate(
                queue::endExpired, DEADLINE_TICK_MS, DEADLINE_TICK_MS, TimeUnit.MILLISECONDS);
    var _ = threads.timer().schedule(facts::read, FACTS_DELAY_MS, TimeUnit.MILLISECONDS);
    initialModel = config.initialModel().map(this::startModel).orElse(initialModel);
    registration = scheduler.map(this::registration);
    registration.ifPresent(threads.waiting()::execute);
  }

  private static BackendRegistry backends(TaskInstanceConfig config, Threads threads) {
    Backend openAi = new OpenAiBackend();
    Backend ollama = new OllamaBackend();
    Path servers = config.dataDirectory().resolve("engines").resolve(config.instanceId());
    return new BackendRegistry(
        List.of(
            new OnnxBackend(config.weights()),
            openAi,
            ollama,
            new ProcessBackend(List.of(openAi, ollama), config.gpus(), servers, threads.waiting()),
            new SimulatedBackend()));
  }

  private SelfRegistration registration(Channel scheduler) {
    return new SelfRegistration(
        scheduler,
        config.advertisedHost(),
        advertisedPort(),
        dispatch::isOpen,
        SelfRegistration.Pace.standard(),
        MeshClock.system(),
        RandomGenerator.getDefault());
  }

  private CompletionStage<Void> startModel(InitialModel model) {
    return open(model)
        .whenComplete((running, failure) -> {
          if (failure == null) {
            log.info("{} replica(s) of {} run", running, model.modelType());
          } else {
            log.error("the initial model {} did not start", model.modelType(), failure);
          }
        })
        .thenAccept(running -> {});
  }

  private CompletionStage<Integer> open(InitialModel model) {
    try {
      JsonNode settings = new JsonMapper(JsonValues.FACTORY).readTree(model.config());
      return starter.start(
          new ReplicaSpec(model.modelType(), settings), model.replicas(), model.gpusEach());
    } catch (JsonProcessingException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private int advertisedPort() {
    return config.advertisedPort() == 0 ? Math.max(0, server.port()) : config.advertisedPort();
  }
}
