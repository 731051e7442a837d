package io.swarmpilot.client;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.grpc.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The everyday path: submit a task to the mesh, wait for it, read its result.
public final class MeshClient implements AutoCloseable {
  /// Where `swarmpilot up` listens.
  public static final String DEFAULT_URL = "http://localhost:8102";

  private static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(5);

  private final SchedulerClient scheduler;

  /// A client of the mesh on this machine.
  public MeshClient() {
    this(DEFAULT_URL);
  }

  /// A client of the mesh whose scheduler is at `http://host:port`.
  public MeshClient(String baseUrl) {
    this.scheduler = new SchedulerClient(baseUrl);
  }

  /// A client over a channel of the caller's, which stays the caller's to close. `timeout` bounds
  /// each call.
  public MeshClient(Channel channel, Duration timeout) {
    this.scheduler = new SchedulerClient(channel, timeout);
  }

  /// Health of the scheduler.
  public SchedulerHealth healthCheck() {
    return scheduler.healthCheck();
  }

  /// Adds the task instance at this address.
  @CanIgnoreReturnValue
  public Registration registerInstance(String host, int port) {
    return scheduler.registerInstance(host, port);
  }

  /// Adds the task instance at this address, meant for this model until it reports one itself.
  @CanIgnoreReturnValue
  public Registration registerInstance(String host, int port, String modelName) {
    return scheduler.registerInstance(host, port, modelName);
  }

  /// Submits a task with this input (a JSON object).
  public Submission submitTask(String modelName, String taskInput) {
    return scheduler.submitTask(NewTask.of(modelName, taskInput));
  }

  /// Submits a task with this input and metadata (JSON objects).
  public Submission submitTask(String modelName, String taskInput, String metadata) {
    return scheduler.submitTask(NewTask.of(modelName, taskInput).withMetadata(metadata));
  }

  /// As [#submitTask(String, String, String)], without waiting.
  public CompletableFuture<Submission> submitTaskAsync(
      String modelName, String taskInput, String metadata) {
    return scheduler.submitTaskAsync(NewTask.of(modelName, taskInput).withMetadata(metadata));
  }

  /// The task with this id; empty when it is unknown or its result has expired.
  public Optional<Task> queryTask(String taskId) {
    return scheduler.queryTask(taskId);
  }

  /// As [#queryTask(String)], without waiting.
  public CompletableFuture<Optional<Task>> queryTaskAsync(String taskId) {
    return scheduler.queryTaskAsync(taskId);
  }

  /// Waits until a task has ended, well or badly, for at most 300 s.
  public Task waitForCompletion(String taskId) {
    return waitForCompletion(taskId, DEFAULT_MAX_WAIT);
  }

  /// Waits until a task has ended, well or badly. Fails with `DEADLINE_EXCEEDED` after `maxWait`
  /// and with `NOT_FOUND` when the task is unknown.
  public Task waitForCompletion(String taskId, Duration maxWait) {
    return Connection.await(waitForCompletionAsync(taskId, maxWait));
  }

  /// As [#waitForCompletion(String, Duration)], without waiting.
  public CompletableFuture<Task> waitForCompletionAsync(String taskId, Duration maxWait) {
    return new Completion(scheduler, taskId).await(maxWait);
  }

  /// How long a task submitted now would wait, per instance.
  public List<QueueInfo> getQueueInfo() {
    return scheduler.getQueueInfo();
  }

  /// How long a task submitted now would wait, per instance of one model.
  public List<QueueInfo> getQueueInfo(String modelName) {
    return scheduler.getQueueInfo(modelName);
  }

  /// Everything else the scheduler offers; closed with this client.
  public SchedulerClient scheduler() {
    return scheduler;
  }

  /// Closes the connection, if this client opened it; calls still running end with `CANCELLED`.
  @Override
  public void close() {
    scheduler.close();
  }
}
