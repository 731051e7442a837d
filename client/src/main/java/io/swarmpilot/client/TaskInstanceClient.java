package io.swarmpilot.client;

import static io.swarmpilot.client.Connection.async;
import static io.swarmpilot.client.Connection.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.Channel;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskRequest;
import io.swarmpilot.proto.taskinstance.v1.GetHealthRequest;
import io.swarmpilot.proto.taskinstance.v1.GetQueueStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetResultRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.ListResultsRequest;
import io.swarmpilot.proto.taskinstance.v1.PredictQueueRequest;
import io.swarmpilot.proto.taskinstance.v1.StartModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StopModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc.TaskInstanceServiceFutureStub;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Talks to one task instance.
///
/// Every call ends within the client's time limit and throws [MeshClientException] when it fails;
/// the `Async` twins fail with the same exception.
public final class TaskInstanceClient implements AutoCloseable {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private final Connection connection;
  private final TaskInstanceServiceFutureStub stub;

  /// A client of the instance at `http://host:port`, with a time limit of 30 s a call.
  public TaskInstanceClient(String baseUrl) {
    this(baseUrl, DEFAULT_TIMEOUT);
  }

  /// A client of the instance at `http://host:port`.
  public TaskInstanceClient(String baseUrl, Duration timeout) {
    this(Connection.open(baseUrl, timeout));
  }

  /// A client over a channel of the caller's, which stays the caller's to close.
  public TaskInstanceClient(Channel channel, Duration timeout) {
    this(Connection.borrow(channel, timeout));
  }

  private TaskInstanceClient(Connection connection) {
    this.connection = connection;
    this.stub = TaskInstanceServiceGrpc.newFutureStub(connection.channel());
  }

  /// Starts one replica of a model.
  @CanIgnoreReturnValue
  public StartedModels startModels(String modelType) {
    return startModels(modelType, 1);
  }

  /// Starts replicas of a model; more of the running model adds to them.
  @CanIgnoreReturnValue
  public StartedModels startModels(String modelType, int count) {
    return startModels(modelType, count, "{}", 0);
  }

  /// Starts replicas of a model with settings for its backend (a JSON object) and GPUs for each.
  @CanIgnoreReturnValue
  public StartedModels startModels(
      String modelType, int count, String config, int numGpusPerModel) {
    return await(startModelsAsync(modelType, count, config, numGpusPerModel));
  }

  /// As [#startModels(String, int, String, int)], without waiting.
  @CanIgnoreReturnValue
  public CompletableFuture<StartedModels> startModelsAsync(
      String modelType, int count, String config, int numGpusPerModel) {
    StartModelsRequest request =
        StartModelsRequest.newBuilder()
            .setModelType(modelType)
            .setCount(count)
            .setConfig(Json.value(config))
            .setNumGpusPerModel(numGpusPerModel)
            .build();
    return async(stub().startModels(request), StartedModels::of);
  }

  /// Stops all replicas; running tasks end first.
  @CanIgnoreReturnValue
  public StoppedModels stopModels() {
    return await(
        async(stub().stopModels(StopModelsRequest.getDefaultInstance()), StoppedModels::of));
  }

  /// Stops `count` replicas; running tasks end first.
  @CanIgnoreReturnValue
  public StoppedModels stopModels(int count) {
    StopModelsRequest request = StopModelsRequest.newBuilder().setCount(count).build();
    return await(async(stub().stopModels(request), StoppedModels::of));
  }

  /// What the instance is, what it runs and how much waits.
  public InstanceStatus getStatus() {
    return await(getStatusAsync());
  }

  /// As [#getStatus()], without waiting.
  public CompletableFuture<InstanceStatus> getStatusAsync() {
    return async(stub().getStatus(GetStatusRequest.getDefaultInstance()), InstanceStatus::of);
  }

  /// Queues a task with this input (a JSON object).
  public EnqueuedTask enqueueTask(String inputData) {
    return enqueueTask(inputData, "{}");
  }

  /// Queues a task with this input and metadata (JSON objects).
  public EnqueuedTask enqueueTask(String inputData, String metadata) {
    return await(enqueueTaskAsync(inputData, metadata));
  }

  /// As [#enqueueTask(String, String)], without waiting.
  public CompletableFuture<EnqueuedTask> enqueueTaskAsync(String inputData, String metadata) {
    EnqueueTaskRequest request =
        EnqueueTaskRequest.newBuilder()
            .setInputData(Json.value(inputData))
            .setMetadata(Json.value(metadata))
            .build();
    return async(stub().enqueueTask(request), EnqueuedTask::of);
  }

  /// How long a task queued now would wait.
  public QueuePrediction predictQueue() {
    return await(predictQueueAsync());
  }

  /// As [#predictQueue()], without waiting.
  public CompletableFuture<QueuePrediction> predictQueueAsync() {
    return async(
        stub().predictQueue(PredictQueueRequest.getDefaultInstance()), QueuePrediction::of);
  }

  /// The queue's length and forecast.
  public QueueStatus getQueueStatus() {
    return await(
        async(stub().getQueueStatus(GetQueueStatusRequest.getDefaultInstance()), QueueStatus::of));
  }

  /// The result of a finished task. Fails with `NOT_FOUND` while it has not finished
  /// (`TASK_NOT_COMPLETED`) and when it is unknown (`TASK_NOT_FOUND`).
  public TaskResult getResult(String taskId) {
    return await(getResultAsync(taskId));
  }

  /// As [#getResult(String)], without waiting.
  public CompletableFuture<TaskResult> getResultAsync(String taskId) {
    GetResultRequest request = GetResultRequest.newBuilder().setTaskId(taskId).build();
    return async(stub().getResult(request), answer -> TaskResult.of(answer.getResult()));
  }

  /// The results still kept, oldest first, at most 1,000.
  public List<TaskResult> getAllResults() {
    return await(
        async(
            stub().listResults(ListResultsRequest.getDefaultInstance()),
            answer -> answer.getResultsList().stream().map(TaskResult::of).toList()));
  }

  /// Mean and standard deviation of the wait of a task queued now, ms.
  public ExpectedTime getPredictionTime() {
    QueuePrediction prediction = predictQueue();
    return new ExpectedTime(prediction.expectedMs(), prediction.errorMs());
  }

  /// Whether at least one replica runs; false as well when the instance cannot be asked.
  public boolean isRunning() {
    try {
      return getStatus().status().equals("running");
    } catch (MeshClientException e) {
      return false;
    }
  }

  /// The model that runs; empty when none does and when the instance cannot be asked.
  public Optional<String> getModelType() {
    try {
      return getStatus().modelType();
    } catch (MeshClientException e) {
      return Optional.empty();
    }
  }

  /// Whether the instance serves.
  public InstanceHealth healthCheck() {
    return await(
        async(stub().getHealth(GetHealthRequest.getDefaultInstance()), InstanceHealth::of));
  }

  /// Closes the connection, if this client opened it; calls still running end with `CANCELLED`.
  @Override
  public void close() {
    connection.close();
  }

  private TaskInstanceServiceFutureStub stub() {
    return connection.unary(stub);
  }
}
