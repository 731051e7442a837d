package io.swarmpilot.client;

/// An instance to place requests on in thought, with the names of the seeds.
public final class ExecutionInstance {
  private final io.swarmpilot.proto.scheduler.v1.ExecutionInstance message;

  private ExecutionInstance(io.swarmpilot.proto.scheduler.v1.ExecutionInstance message) {
    this.message = message;
  }

  /// An idle instance with one GPU for up to 100 requests of any model.
  public static ExecutionInstance of(String instanceId) {
    return new ExecutionInstance(
        io.swarmpilot.proto.scheduler.v1.ExecutionInstance.newBuilder()
            .setInstanceId(instanceId)
            .build());
  }

  /// The same, running this model.
  public ExecutionInstance withModelName(String name) {
    return new ExecutionInstance(message.toBuilder().setModelName(name).build());
  }

  /// The same with this share of its capacity in use, 0 to 1.
  public ExecutionInstance withCurrentLoad(double load) {
    return new ExecutionInstance(message.toBuilder().setCurrentLoad(load).build());
  }

  /// The same, holding so many requests.
  public ExecutionInstance withActiveRequests(int requests) {
    return new ExecutionInstance(message.toBuilder().setActiveRequests(requests).build());
  }

  /// The same, holding at most so many requests.
  public ExecutionInstance withMaxConcurrentRequests(int requests) {
    return new ExecutionInstance(message.toBuilder().setMaxConcurrentRequests(requests).build());
  }

  /// The same, taking so many ms from arrival to completion on average.
  public ExecutionInstance withAvgLatencyMs(double ms) {
    return new ExecutionInstance(message.toBuilder().setAvgLatencyMs(ms).build());
  }

  /// The same, generating so many tokens a second.
  public ExecutionInstance withThroughput(double tokensPerSecond) {
    return new ExecutionInstance(
        message.toBuilder().setThroughputTokensPerSec(tokensPerSecond).build());
  }

  /// The same with so many GPUs.
  public ExecutionInstance withGpuCount(int gpus) {
    return new ExecutionInstance(message.toBuilder().setGpuCount(gpus).build());
  }

  /// The same, taking requests or not.
  public ExecutionInstance withAvailable(boolean available) {
    return new ExecutionInstance(message.toBuilder().setIsAvailable(available).build());
  }

  io.swarmpilot.proto.scheduler.v1.ExecutionInstance message() {
    return message;
  }
}
