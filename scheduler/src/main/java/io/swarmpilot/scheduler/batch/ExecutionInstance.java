package io.swarmpilot.scheduler.batch;

/// An instance that could take requests. Source: the seeds' `ExecutionInstance`; `slots` and the
/// waiting time are ours, for instances that queue.
///
/// @param instanceId its id, unique within a call
/// @param host its host; not looked at
/// @param port its port; not looked at
/// @param modelName model it runs; empty fits every request
/// @param tensorParallelSize tensor parallelism, at least 1
/// @param pipelineParallelSize pipeline parallelism, at least 1
/// @param gpuCount GPUs it occupies, at least 1
/// @param available whether it takes requests
/// @param healthy whether it is healthy
/// @param currentLoad share of its capacity in use; above 1 counts as 1
/// @param activeRequests requests it holds
/// @param maxConcurrentRequests most requests it may hold, at least 1
/// @param slots requests it runs at the same moment, at least 1; the others it holds wait there
/// @param avgLatencyMs average time from arrival to completion; 0 for none yet
/// @param throughputTokensPerSec tokens it generates a second; 0 when unknown
/// @param waitingTimeMs expected time until a new request would start
/// @param waitingTimeErrorMs standard deviation of that time
public record ExecutionInstance(
    String instanceId,
    String host,
    int port,
    String modelName,
    int tensorParallelSize,
    int pipelineParallelSize,
    int gpuCount,
    boolean available,
    boolean healthy,
    double currentLoad,
    int activeRequests,
    int maxConcurrentRequests,
    int slots,
    double avgLatencyMs,
    double throughputTokensPerSec,
    double waitingTimeMs,
    double waitingTimeErrorMs) {
  /// Load from which on an instance takes no request. Source: the seeds.
  private static final double FULL_LOAD = 0.95;

  /// Loads are sums of shares, which round.
  private static final double ROUNDING = 1e-9;

  /// Checks the bounds.
  public ExecutionInstance {
    Bounds.named(instanceId, "instanceId");
    Bounds.positive(tensorParallelSize, "tensorParallelSize");
    Bounds.positive(pipelineParallelSize, "pipelineParallelSize");
    Bounds.positive(gpuCount, "gpuCount");
    Bounds.notNegative(currentLoad, "currentLoad");
    Bounds.notNegative(activeRequests, "activeRequests");
    Bounds.positive(maxConcurrentRequests, "maxConcurrentRequests");
    Bounds.positive(slots, "slots");
    Bounds.notNegative(avgLatencyMs, "avgLatencyMs");
    Bounds.notNegative(throughputTokensPerSec, "throughputTokensPerSec");
    Bounds.notNegative(waitingTimeMs, "waitingTimeMs");
    Bounds.notNegative(waitingTimeErrorMs, "waitingTimeErrorMs");
  }

  /// An idle instance with one GPU that holds up to 100 requests and runs all of them at once.
  public static Builder builder(String instanceId) {
    return new Builder(instanceId);
  }

  /// Whether it takes one more request.
  public boolean canAcceptRequest() {
    return accepts(0);
  }

  /// Share of its capacity that is free, 0 to 1.
  public double availableCapacity() {
    return 1 - loadWith(0);
  }

  /// Whether it is available and healthy, leaving aside that it may be full.
  boolean serves() {
    return available && healthy;
  }

  /// Whether it takes one more request once it has been given some.
  boolean accepts(int given) {
    return serves()
        && activeRequests + given < maxConcurrentRequests
        && loadWith(given) < FULL_LOAD - ROUNDING;
  }

  /// Its load once it has been given some requests, 0 to 1.
  double loadWith(int given) {
    return Math.min(1, currentLoad + (double) given / maxConcurrentRequests);
  }

  /// Makes an instance, with the seeds' defaults.
  public static final class Builder {
    private static final int UNSET = -1;

    private final String instanceId;
    private String host = "";
    private int port;
    private String modelName = "";
    private int tensorParallelSize = 1;
    private int pipelineParallelSize = 1;
    private int gpuCount = 1;
    private boolean available = true;
    private boolean healthy = true;
    private double currentLoad = UNSET;
    private int activeRequests = UNSET;
    private int maxConcurrentRequests = 100;
    private int slots = UNSET;
    private double avgLatencyMs;
    private double throughputTokensPerSec;
    private double waitingTimeMs;
    private double waitingTimeErrorMs;

    private Builder(String instanceId) {
      this.instanceId = instanceId;
    }

    /// Sets [ExecutionInstance#host] and [ExecutionInstance#port].
    public Builder address(String hostName, int portNumber) {
      host = hostName;
      port = portNumber;
      return this;
    }

    /// Sets [ExecutionInstance#modelName].
    public Builder modelName(String value) {
      modelName = value;
      return this;
    }

    /// Sets [ExecutionInstance#tensorParallelSize] and [ExecutionInstance#pipelineParallelSize].
    public Builder parallelism(int tensor, int pipeline) {
      tensorParallelSize = tensor;
      pipelineParallelSize = pipeline;
      return this;
    }

    /// Sets [ExecutionInstance#gpuCount].
    public Builder gpuCount(int value) {
      gpuCount = value;
      return this;
    }

    /// Sets [ExecutionInstance#available].
    public Builder available(boolean value) {
      available = value;
      return this;
    }

    /// Sets [ExecutionInstance#healthy].
    public Builder healthy(boolean value) {
      healthy = value;
      return this;
    }

    /// Sets [ExecutionInstance#currentLoad]; otherwise it is the active requests over the most.
    public Builder currentLoad(double value) {
      currentLoad = value;
      return this;
    }

    /// Sets [ExecutionInstance#activeRequests]; otherwise they are the load's share of the most.
    public Builder activeRequests(int value) {
      activeRequests = value;
      return this;
    }

    /// Sets [ExecutionInstance#maxConcurrentRequests].
    public Builder maxConcurrentRequests(int value) {
      maxConcurrentRequests = value;
      return this;
    }

    /// Sets [ExecutionInstance#slots]; otherwise it runs all it holds.
    public Builder slots(int value) {
      slots = value;
      return this;
    }

    /// Sets [ExecutionInstance#avgLatencyMs].
    public Builder avgLatencyMs(double value) {
      avgLatencyMs = value;
      return this;
    }

    /// Sets [ExecutionInstance#throughputTokensPerSec].
    public Builder throughputTokensPerSec(double value) {
      throughputTokensPerSec = value;
      return this;
    }

    /// Sets [ExecutionInstance#waitingTimeMs] and [ExecutionInstance#waitingTimeErrorMs].
    public Builder waitingTime(double meanMs, double errorMs) {
      waitingTimeMs = meanMs;
      waitingTimeErrorMs = errorMs;
      return this;
    }

    /// The instance.
    ///
    /// @throws IllegalArgumentException when a number is out of its bounds
    public ExecutionInstance build() {
      double share = currentLoad == UNSET ? 0 : currentLoad;
      int active =
          activeRequests == UNSET
              ? (int) Math.round(share * maxConcurrentRequests)
              : activeRequests;
      return new ExecutionInstance(
          instanceId,
          host,
          port,
          modelName,
          tensorParallelSize,
          pipelineParallelSize,
          gpuCount,
          available,
          healthy,
          currentLoad == UNSET ? (double) active / maxConcurrentRequests : currentLoad,
          active,
          maxConcurrentRequests,
          slots == UNSET ? maxConcurrentRequests : slots,
          avgLatencyMs,
          throughputTokensPerSec,
          waitingTimeMs,
          waitingTimeErrorMs);
    }
  }
}
