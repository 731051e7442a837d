package io.swarmpilot.scheduler.testing;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.common.v1.OutputStatistics;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.DispatchRequest;
import io.swarmpilot.proto.taskinstance.v1.DispatchResponse;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc.DispatchServiceImplBase;
import io.swarmpilot.proto.taskinstance.v1.EngineLoad;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.proto.taskinstance.v1.FollowOutput;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.Heartbeat;
import io.swarmpilot.proto.taskinstance.v1.HeldTask;
import io.swarmpilot.proto.taskinstance.v1.Inventory;
import io.swarmpilot.proto.taskinstance.v1.TaskCompleted;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc.TaskInstanceServiceImplBase;
import io.swarmpilot.proto.taskinstance.v1.TaskProgress;
import io.swarmpilot.proto.taskinstance.v1.TaskStarted;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// An instance that does what a test says: holds tasks until told, or answers each at once.
public final class ScriptedInstance implements AutoCloseable {
  private final String name;
  private final String model;
  private final int slots;
  private final Map<String, ExecuteTask> held = new LinkedHashMap<>();
  private final Map<String, DispatchEvent> unacknowledged = new LinkedHashMap<>();
  private final BlockingQueue<ExecuteTask> received = new LinkedBlockingQueue<>(100_000);
  private final BlockingQueue<FollowOutput> follows = new LinkedBlockingQueue<>(1_000);
  private final BlockingQueue<String> aborted = new LinkedBlockingQueue<>(1_000);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private String incarnation = UUID.randomUUID().toString();
  private boolean atOnce;
  private boolean beating = true;
  private boolean losing;
  private int replicas;
  private @Nullable ServerCallStreamObserver<DispatchResponse> stream;
  private @Nullable MeshServer server;
  private @Nullable ScheduledFuture<?> beat;
  private @Nullable EngineLoad load;

  /// An instance that holds tasks until told what becomes of them.
  public ScriptedInstance(String name, String model, int slots) {
    this.name = name;
    this.model = model;
    this.slots = slots;
    this.replicas = slots;
  }

  /// The same, ending every task as soon as it comes.
  public ScriptedInstance answeringAtOnce() {
    atOnce = true;
    return this;
  }

  /// Serves channels of this process; heartbeats every 100 ms.
  public ScriptedInstance startInProcess(String serverName) throws IOException {
    return start(MeshServer.builder().inProcess(serverName));
  }

  /// Serves the network.
  public ScriptedInstance startNetwork(int port) throws IOException {
    return start(MeshServer.builder().listen("127.0.0.1", port));
  }

  private ScriptedInstance start(MeshServer.Builder builder) throws IOException {
    server = builder.service(new Dispatch()).service(new Status()).build().start();
    beat = timer.scheduleWithFixedDelay(this::heartbeat, 100, 100, TimeUnit.MILLISECONDS);
    return this;
  }

  /// Port it listens on.
  public int port() {
    return server == null ? -1 : server.port();
  }

  /// The next task it was given.
  public ExecuteTask next() throws InterruptedException {
    ExecuteTask task = received.poll(10, TimeUnit.SECONDS);
    if (task == null) {
      throw new AssertionError(name + " was given no task");
    }
    return task;
  }

  /// How many tasks it has been given and not yet taken from it by [#next()].
  public int received() {
    return received.size();
  }

  /// The next task it was told to stop.
  public String nextAborted() throws InterruptedException {
    String id = aborted.poll(10, TimeUnit.SECONDS);
    if (id == null) {
      throw new AssertionError(name + " was told to stop nothing");
    }
    return id;
  }

  /// The next request to send the output of a task, or to cease; a request that is repeated counts
  /// once.
  public FollowOutput nextFollow() throws InterruptedException {
    FollowOutput follow = follows.poll(10, TimeUnit.SECONDS);
    if (follow == null) {
      throw new AssertionError(name + " was not asked for output");
    }
    follows.removeIf(follow::equals);
    return follow;
  }

  /// How many requests for output came that were not taken by [#nextFollow()].
  public int follows() {
    return follows.size();
  }

  /// Shows a piece of a task's output.
  public synchronized void show(ExecuteTask task, int sequence, String json) {
    show(task, sequence, json, false);
  }

  /// Shows what belongs to a task's answer without being output.
  public synchronized void frame(ExecuteTask task, int sequence, String json) {
    show(task, sequence, json, true);
  }

  private void show(ExecuteTask task, int sequence, String json, boolean frame) {
    send(
        DispatchEvent.newBuilder()
            .setProgress(
                TaskProgress.newBuilder()
                    .setTaskId(task.getTaskId())
                    .setAttempt(task.getAttempt())
                    .setSequence(sequence)
                    .setFrame(frame)
                    .setOutput(JsonValues.of(json)))
            .build());
  }

  /// Ends a task well.
  public synchronized void complete(ExecuteTask task) {
    complete(task, OutputStatistics.getDefaultInstance());
  }

  /// Ends a task well and tells what it put out.
  public synchronized void complete(ExecuteTask task, OutputStatistics output) {
    held.remove(task.getTaskId());
    report(
        task.getTaskId(),
        DispatchEvent.newBuilder()
            .setCompleted(
                TaskCompleted.newBuilder()
                    .setTaskId(task.getTaskId())
                    .setAttempt(task.getAttempt())
                    .setResult(JsonValues.of("{\"by\":\"" + name + "\"}"))
                    .setExecutionMs(5)
                    .setReplicaId("replica-1")
                    .setOutput(output))
            .build());
  }

  /// Ends a task badly.
  public void fail(ExecuteTask task, TaskFailed.Kind kind, String message) {
    fail(task, kind, TaskFailed.Fault.FAULT_UNSPECIFIED, message);
  }

  /// Ends a task badly and tells what happened.
  public synchronized void fail(
      ExecuteTask task, TaskFailed.Kind kind, TaskFailed.Fault fault, String message) {
    held.remove(task.getTaskId());
    report(
        task.getTaskId(),
        DispatchEvent.newBuilder()
            .setFailed(
                TaskFailed.newBuilder()
                    .setTaskId(task.getTaskId())
                    .setAttempt(task.getAttempt())
                    .setKind(kind)
                    .setFault(fault)
                    .setMessage(message))
            .build());
  }

  /// Says that a task began.
  public synchronized void begin(ExecuteTask task) {
    send(
        DispatchEvent.newBuilder()
            .setStarted(
                TaskStarted.newBuilder()
                    .setTaskId(task.getTaskId())
                    .setAttempt(task.getAttempt())
                    .setReplicaId("replica-1"))
            .build());
  }

  /// Says nothing from now on, but keeps its streams open.
  public synchronized void fallSilent() {
    beating = false;
  }

  /// Loses the next task on the way to it, while the stream stays whole.
  public synchronized void loseNext() {
    losing = true;
  }

  /// Speaks again.
  public synchronized void speakAgain() {
    beating = true;
  }

  /// Runs as many replicas from now on.
  public synchronized void replicas(int count) {
    replicas = count;
    heartbeat();
  }

  /// Says from now on how busy its engine is, and takes as many tasks at the same moment.
  public synchronized void says(EngineLoad engineLoad, int count) {
    load = engineLoad;
    replicas(count);
  }

  /// Ends like a killed process; what it held is gone.
  public synchronized void kill() {
    held.clear();
    unacknowledged.clear();
    incarnation = UUID.randomUUID().toString();
    stream = null;
    if (server != null) {
      server.close();
    }
  }

  /// Breaks the stream, but goes on with its tasks.
  public synchronized void breakStream() {
    if (stream != null) {
      stream.onError(new IllegalStateException("broken on purpose"));
      stream = null;
    }
  }

  @Override
  public void close() {
    if (beat != null) {
      beat.cancel(false);
    }
    timer.shutdownNow();
    kill();
  }

  private void report(String taskId, DispatchEvent outcome) {
    unacknowledged.put(taskId, outcome);
    send(outcome);
  }

  private synchronized void heartbeat() {
    if (beating) {
      Heartbeat.Builder heartbeat =
          Heartbeat.newBuilder()
              .setModelType(model)
              .setReplicasRunning(replicas)
              .setSlots(replicas)
              .setPending(held.size())
              .setHardware("cpu");
      if (load != null) {
        heartbeat.setLoad(load);
      }
      send(DispatchEvent.newBuilder().setHeartbeat(heartbeat).build());
    }
  }

  private synchronized void send(DispatchEvent event) {
    if (stream != null && !stream.isCancelled()) {
      stream.onNext(DispatchResponse.newBuilder().addEvents(event).build());
    }
  }

  private GetStatusResponse status() {
    return GetStatusResponse.newBuilder()
        .setInstanceId(name)
        .setModelType(model)
        .setReplicasRunning(replicas)
        .setSlots(slots)
        .setStatus("running")
        .setHardware("cpu")
        .setIncarnation(incarnation)
        .setGrpcAddress(port() > 0 ? "127.0.0.1:" + port() : "")
        .build();
  }

  private synchronized void open(ServerCallStreamObserver<DispatchResponse> opened) {
    stream = opened;
    Inventory.Builder inventory =
        Inventory.newBuilder().setIncarnation(incarnation).setStatus(status());
    held.values()
        .forEach(task ->
            inventory.addTasks(
                HeldTask.newBuilder().setTaskId(task.getTaskId()).setAttempt(task.getAttempt())));
    send(DispatchEvent.newBuilder().setInventory(inventory).build());
    List.copyOf(unacknowledged.values()).forEach(this::send);
  }

  private synchronized void take(DispatchCommand command) {
    switch (command.getCommandCase()) {
      case EXECUTE -> {
        if (losing) {
          losing = false;
          return;
        }
        ExecuteTask task = command.getExecute();
        held.put(task.getTaskId(), task);
        received.add(task);
        if (atOnce) {
          complete(task);
        }
      }
      case ABORT -> {
        String id = command.getAbort().getTaskId();
        aborted.add(id);
        ExecuteTask task = held.get(id);
        if (task != null) {
          fail(task, TaskFailed.Kind.KIND_CANCELLED, "cancelled");
        }
      }
      case FOLLOW -> follows.add(command.getFollow());
      case ACKNOWLEDGE -> unacknowledged.remove(command.getAcknowledge().getTaskId());
      case HELLO, COMMAND_NOT_SET -> {
        // Answered when the stream opens.
      }
    }
  }

  /// Its end of the stream.
  private final class Dispatch extends DispatchServiceImplBase {
    @Override
    public StreamObserver<DispatchRequest> dispatch(StreamObserver<DispatchResponse> observer) {
      ServerCallStreamObserver<DispatchResponse> mine =
          (ServerCallStreamObserver<DispatchResponse>) observer;
      mine.setOnCancelHandler(() -> {});
      return new StreamObserver<>() {
        @Override
        public void onNext(DispatchRequest request) {
          if (request.getCommands(0).hasHello()) {
            open(mine);
          }
          new ArrayList<>(request.getCommandsList()).forEach(ScriptedInstance.this::take);
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {
          mine.onCompleted();
        }
      };
    }
  }

  /// Its word about itself.
  private final class Status extends TaskInstanceServiceImplBase {
    @Override
    public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
      observer.onNext(status());
      observer.onCompleted();
    }
  }
}
