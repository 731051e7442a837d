package io.swarmpilot.scheduler.batch;

import io.swarmpilot.scheduler.policy.Priority;

/// A request to place. Source: the seeds' `RequestMetadata`; what the seeds leave out as "none" is
/// 0 or empty here, unless said otherwise.
///
/// @param requestId its id, unique within a call
/// @param prompt input text; not looked at
/// @param modelName model that must run it; empty fits every instance
/// @param priority how urgent it is
/// @param sloDeadlineMs time after its arrival within which it is to be completed; 0 for no
///   objective
/// @param arrivalMs when it arrived, ms of the same clock as the call's `nowMs`; NaN for now
/// @param maxTokens most tokens it may generate; 0 when unknown
/// @param costBudget the most it may cost; 0 for any
/// @param userId who it belongs to; not looked at
/// @param expectedMs how long it is expected to execute; NaN for the average latency of each
///   instance
/// @param errorMs standard deviation of `expectedMs`
public record RequestMetadata(
    String requestId,
    String prompt,
    String modelName,
    Priority priority,
    double sloDeadlineMs,
    double arrivalMs,
    int maxTokens,
    double costBudget,
    String userId,
    double expectedMs,
    double errorMs) {
  /// Checks the bounds.
  public RequestMetadata {
    Bounds.named(requestId, "requestId");
    Bounds.notNegative(sloDeadlineMs, "sloDeadlineMs");
    Bounds.require(!Double.isInfinite(arrivalMs), "arrivalMs", "finite or NaN");
    Bounds.notNegative(maxTokens, "maxTokens");
    Bounds.notNegative(costBudget, "costBudget");
    Bounds.require(
        Double.isNaN(expectedMs) || (expectedMs >= 0 && !Double.isInfinite(expectedMs)),
        "expectedMs",
        "finite, not negative, or NaN");
    Bounds.notNegative(errorMs, "errorMs");
  }

  /// A NORMAL request that arrives now and asks for nothing special.
  public static Builder builder(String requestId) {
    return new Builder(requestId);
  }

  /// Makes a request, with the seeds' defaults.
  public static final class Builder {
    private final String requestId;
    private String prompt = "";
    private String modelName = "";
    private Priority priority = Priority.NORMAL;
    private double sloDeadlineMs;
    private double arrivalMs = Double.NaN;
    private int maxTokens;
    private double costBudget;
    private String userId = "";
    private double expectedMs = Double.NaN;
    private double errorMs;

    private Builder(String requestId) {
      this.requestId = requestId;
    }

    /// Sets [RequestMetadata#prompt].
    public Builder prompt(String value) {
      prompt = value;
      return this;
    }

    /// Sets [RequestMetadata#modelName].
    public Builder modelName(String value) {
      modelName = value;
      return this;
    }

    /// Sets [RequestMetadata#priority].
    public Builder priority(Priority value) {
      priority = value;
      return this;
    }

    /// Sets [RequestMetadata#sloDeadlineMs].
    public Builder sloDeadlineMs(double value) {
      sloDeadlineMs = value;
      return this;
    }

    /// Sets [RequestMetadata#arrivalMs].
    public Builder arrivalMs(double value) {
      arrivalMs = value;
      return this;
    }

    /// Sets [RequestMetadata#maxTokens].
    public Builder maxTokens(int value) {
      maxTokens = value;
      return this;
    }

    /// Sets [RequestMetadata#costBudget].
    public Builder costBudget(double value) {
      costBudget = value;
      return this;
    }

    /// Sets [RequestMetadata#userId].
    public Builder userId(String value) {
      userId = value;
      return this;
    }

    /// Sets [RequestMetadata#expectedMs] and [RequestMetadata#errorMs].
    public Builder expected(double meanMs, double deviationMs) {
      expectedMs = meanMs;
      errorMs = deviationMs;
      return this;
    }

    /// The request.
    ///
    /// @throws IllegalArgumentException when a number is out of its bounds
    public RequestMetadata build() {
      return new RequestMetadata(
          requestId,
          prompt,
          modelName,
          priority,
          sloDeadlineMs,
          arrivalMs,
          maxTokens,
          costBudget,
          userId,
          expectedMs,
          errorMs);
    }
  }
}
