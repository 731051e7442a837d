package io.swarmpilot.client;

import static io.swarmpilot.client.Connection.async;
import static io.swarmpilot.client.Connection.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.Channel;
import io.grpc.Status;
import io.swarmpilot.proto.scheduler.v1.CancelTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ClearTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ClearTasksResponse;
import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.GetHealthRequest;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.GetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.ListInstancesRequest;
import io.swarmpilot.proto.scheduler.v1.QueryTaskRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceFutureStub;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeRequest;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Talks to the scheduler: everything its contract offers.
///
/// Every call ends within the client's time limit and throws [MeshClientException] when it fails;
/// the `Async` twins fail with the same exception.
public final class SchedulerClient implements AutoCloseable {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Connection connection;
  private final SchedulerServiceFutureStub stub;

  /// A client of the scheduler at `http://host:port`, with a time limit of 30 s a call.
  public SchedulerClient(String baseUrl) {
    this(baseUrl, DEFAULT_TIMEOUT);
  }

  /// A client of the scheduler at `http://host:port`.
  public SchedulerClient(String baseUrl, Duration timeout) {
    this(Connection.open(baseUrl, timeout));
  }

  /// A client over a channel of the caller's, which stays the caller's to close.
  public SchedulerClient(Channel channel, Duration timeout) {
    this(Connection.borrow(channel, timeout));
  }

  private SchedulerClient(Connection connection) {
    this.connection = connection;
    this.stub = SchedulerServiceGrpc.newFutureStub(connection.channel());
  }

  /// Switches the placement strategy. An unknown name changes nothing and is an unsuccessful
  /// outcome.
  @CanIgnoreReturnValue
  public Outcome setStrategy(String name) {
    SetStrategyRequest request = SetStrategyRequest.newBuilder().setName(name).build();
    return await(
        async(stub().setStrategy(request), a -> new Outcome(a.getStatus(), a.getMessage())));
  }

  /// The strategy and prediction mode in force.
  public Strategy getStrategy() {
    return await(
        async(
            stub().getStrategy(GetStrategyRequest.getDefaultInstance()),
            a -> new Strategy(a.getStrategy(), a.getPredictMode(), a.getAvailableList())));
  }

  /// Chooses how execution times are predicted: `default` or `lookup_table`.
  @CanIgnoreReturnValue
  public Outcome setPredictMode(String mode) {
    SetPredictModeRequest request = SetPredictModeRequest.newBuilder().setMode(mode).build();
    return await(
        async(stub().setPredictMode(request), a -> new Outcome(a.getStatus(), a.getMessage())));
  }

  /// Adds the task instance at this address.
  @CanIgnoreReturnValue
  public Registration registerInstance(String host, int port) {
    return register(RegisterInstanceRequest.newBuilder().setHost(host).setPort(port).build());
  }

  /// Adds the task instance at this address, meant for this model until it reports one itself.
  @CanIgnoreReturnValue
  public Registration registerInstance(String host, int port, String modelName) {
    return register(
        RegisterInstanceRequest.newBuilder()
            .setHost(host)
            .setPort(port)
            .setModelName(modelName)
            .build());
  }

  /// Stops giving an instance new tasks; what it holds runs to its end.
  @CanIgnoreReturnValue
  public Outcome removeInstance(String tiUuid) {
    return remove(RemoveInstanceRequest.newBuilder().setTiUuid(tiUuid).build());
  }

  /// As [#removeInstance(String)], by the address it was registered with.
  @CanIgnoreReturnValue
  public Outcome removeInstance(String host, int port) {
    return remove(RemoveInstanceRequest.newBuilder().setHost(host).setPort(port).build());
  }

  /// The registered instances, in order of registration.
  public List<Instance> listInstances() {
    return await(
        async(
            stub().listInstances(ListInstancesRequest.getDefaultInstance()),
            answer -> answer.getInstancesList().stream().map(Instance::of).toList()));
  }

  /// Submits a task.
  public Submission submitTask(NewTask task) {
    return await(submitTaskAsync(task));
  }

  /// As [#submitTask(NewTask)], without waiting.
  public CompletableFuture<Submission> submitTaskAsync(NewTask task) {
    return async(stub().submitTask(task.request()), Submission::of);
  }

  /// Submits up to 1,000 tasks of one model; each is accepted or refused by itself.
  public BatchSubmission submitTasks(String modelName, List<NewTask> tasks) {
    return await(async(stub().submitTasks(NewTask.batch(modelName, tasks)), BatchSubmission::of));
  }

  /// How long a task submitted now would wait, per instance of every model.
  public List<QueueInfo> getQueueInfo() {
    return queues(GetQueueInfoRequest.getDefaultInstance());
  }

  /// How long a task submitted now would wait, per instance of one model.
  public List<QueueInfo> getQueueInfo(String modelName) {
    return queues(GetQueueInfoRequest.newBuilder().setModelName(modelName).build());
  }

  /// The task with this id; empty when it is unknown or its result has expired.
  public Optional<Task> queryTask(String taskId) {
    return await(queryTaskAsync(taskId));
  }

  /// As [#queryTask(String)], without waiting.
  public CompletableFuture<Optional<Task>> queryTaskAsync(String taskId) {
    QueryTaskRequest request = QueryTaskRequest.newBuilder().setTaskId(taskId).build();
    return found(
        async(stub().queryTask(request), answer -> Optional.of(Task.of(answer.getTask()))));
  }

  /// Waits until a task is completed, for at most `timeout` (1 ms to 60 s), and answers with it as
  /// it is then: completed or not. Empty when it is unknown.
  public Optional<Task> waitTask(String taskId, Duration timeout) {
    return await(waitTaskAsync(taskId, timeout));
  }

  /// As [#waitTask(String, Duration)], without waiting.
  public CompletableFuture<Optional<Task>> waitTaskAsync(String taskId, Duration timeout) {
    WaitTaskRequest request =
        WaitTaskRequest.newBuilder()
            .setTaskId(taskId)
            .setTimeoutMs((int) Math.min(Integer.MAX_VALUE, timeout.toMillis()))
            .build();
    return found(
        async(
            connection.unary(stub, timeout).waitTask(request),
            answer -> Optional.of(Task.of(answer.getTask()))));
  }

  /// Why a task was placed where it is, or what it waits for; empty when it is unknown.
  public Optional<Explanation> explain(String taskId) {
    ExplainTaskRequest request = ExplainTaskRequest.newBuilder().setTaskId(taskId).build();
    return await(found(async(stub().explainTask(request), a -> Optional.of(Explanation.of(a)))));
  }

  /// Where the strategy in force would place these requests on the registered instances. Changes
  /// nothing.
  public DryRun dryRun(List<RequestMetadata> requests) {
    return dryRun("", requests, List.of());
  }

  /// Where a strategy would place these requests on these instances. Changes nothing.
  ///
  /// @param strategy its name; "" for the one in force
  /// @param instances none for the registered ones
  public DryRun dryRun(
      String strategy, List<RequestMetadata> requests, List<ExecutionInstance> instances) {
    DryRunRequest.Builder request = DryRunRequest.newBuilder().setStrategy(strategy);
    requests.forEach(each -> request.addRequests(each.message()));
    instances.forEach(each -> request.addInstances(each.message()));
    return await(async(stub().dryRun(request.build()), DryRun::of));
  }

  /// Follows tasks: the current state of each, then every change, given to `listener` one after the
  /// other. Ends by itself once all are completed; without ids it follows every task until closed.
  public TaskWatch watchTasks(Collection<String> taskIds, Consumer<TaskEvent> listener) {
    WatchTasksRequest request = WatchTasksRequest.newBuilder().addAllTaskIds(taskIds).build();
    return TaskWatch.<WatchTasksRequest, WatchTasksResponse>start(
        observer ->
            connection.streaming(SchedulerServiceGrpc::newStub).watchTasks(request, observer),
        answer -> listener.accept(TaskEvent.of(answer)));
  }

  /// Follows one task to its end with what its model puts out meanwhile, each piece given to
  /// `listener` as soon as it is there, one after the other. A listener that is too slow misses
  /// pieces, which the next one counts, but never the end.
  public TaskWatch followTask(String taskId, Consumer<FollowEvent> listener) {
    FollowTaskRequest request = FollowTaskRequest.newBuilder().setTaskId(taskId).build();
    return TaskWatch.<FollowTaskRequest, FollowTaskResponse>start(
        observer ->
            connection.streaming(SchedulerServiceGrpc::newStub).followTask(request, observer),
        answer -> listener.accept(FollowEvent.of(answer)));
  }

  /// A page of tasks, newest first.
  public TaskPage listTasks(TaskFilter filter) {
    return await(async(stub().listTasks(filter.request()), TaskPage::of));
  }

  /// Forgets completed tasks and their results; answers how many.
  @CanIgnoreReturnValue
  public int clearTasks() {
    return await(
        async(
            stub().clearTasks(ClearTasksRequest.getDefaultInstance()),
            ClearTasksResponse::getClearedCount));
  }

  /// Cancels a task; a completed one is left as it is.
  @CanIgnoreReturnValue
  public Outcome cancelTask(String taskId) {
    CancelTaskRequest request = CancelTaskRequest.newBuilder().setTaskId(taskId).build();
    return await(
        async(stub().cancelTask(request), a -> new Outcome(a.getStatus(), a.getMessage())));
  }

  /// Reports for a foreign instance that a task ended.
  @CanIgnoreReturnValue
  public Outcome notifyTaskComplete(FinishedTask task) {
    return await(
        async(
            stub().notifyTaskComplete(task.notification()),
            a -> new Outcome(a.getStatus(), a.getMessage())));
  }

  /// Hands in a result for a foreign instance.
  @CanIgnoreReturnValue
  public Outcome submitResult(FinishedTask task) {
    return await(
        async(
            stub().submitResult(task.submission()),
            a -> new Outcome(a.getStatus(), a.getMessage())));
  }

  /// Health of the scheduler.
  public SchedulerHealth healthCheck() {
    return await(
        async(stub().getHealth(GetHealthRequest.getDefaultInstance()), SchedulerHealth::of));
  }

  /// Closes the connection, if this client opened it; calls still running end with `CANCELLED`.
  @Override
  public void close() {
    connection.close();
  }

  private Registration register(RegisterInstanceRequest request) {
    return await(
        async(
            stub().registerInstance(request),
            a -> new Registration(a.getStatus(), a.getMessage(), a.getTiUuid())));
  }

  private Outcome remove(RemoveInstanceRequest request) {
    return await(
        async(stub().removeInstance(request), a -> new Outcome(a.getStatus(), a.getMessage())));
  }

  private List<QueueInfo> queues(GetQueueInfoRequest request) {
    return await(
        async(
            stub().getQueueInfo(request),
            answer -> answer.getQueuesList().stream().map(QueueInfo::of).toList()));
  }

  private static <T> CompletableFuture<Optional<T>> found(CompletableFuture<Optional<T>> answer) {
    return answer.exceptionally(failure -> {
      MeshClientException refused = MeshClientException.of(failure);
      if (refused.code() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw refused;
    });
  }

  private SchedulerServiceFutureStub stub() {
    return connection.unary(stub);
  }
}
