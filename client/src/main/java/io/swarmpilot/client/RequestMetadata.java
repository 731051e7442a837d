package io.swarmpilot.client;

/// A request to place in thought, with the names of the seeds.
public final class RequestMetadata {
  private final io.swarmpilot.proto.scheduler.v1.RequestMetadata message;

  private RequestMetadata(io.swarmpilot.proto.scheduler.v1.RequestMetadata message) {
    this.message = message;
  }

  /// A request of normal priority that arrives now and asks for nothing special.
  public static RequestMetadata of(String requestId) {
    return new RequestMetadata(
        io.swarmpilot.proto.scheduler.v1.RequestMetadata.newBuilder()
            .setRequestId(requestId)
            .build());
  }

  /// The same, to be run by this model.
  public RequestMetadata withModelName(String name) {
    return new RequestMetadata(message.toBuilder().setModelName(name).build());
  }

  /// The same with a priority: `critical`, `high`, `normal`, `low` or `background`.
  public RequestMetadata withPriority(String name) {
    return new RequestMetadata(message.toBuilder().setPriority(Json.string(name)).build());
  }

  /// The same, to be completed within so many ms of its arrival.
  public RequestMetadata withSloDeadlineMs(double ms) {
    return new RequestMetadata(message.toBuilder().setSloDeadlineMs(ms).build());
  }

  /// The same, arrived at this moment, Unix seconds.
  public RequestMetadata withArrivalTime(double unixSeconds) {
    return new RequestMetadata(message.toBuilder().setArrivalTime(unixSeconds).build());
  }

  /// The same, generating at most so many tokens.
  public RequestMetadata withMaxTokens(int tokens) {
    return new RequestMetadata(message.toBuilder().setMaxTokens(tokens).build());
  }

  /// The same, to cost at most so much.
  public RequestMetadata withCostBudget(double cost) {
    return new RequestMetadata(message.toBuilder().setCostBudget(cost).build());
  }

  /// The same with the time it is expected to execute.
  public RequestMetadata withExpected(ExpectedTime time) {
    return new RequestMetadata(
        message.toBuilder().setExpectedMs(time.expectedMs()).setErrorMs(time.errorMs()).build());
  }

  io.swarmpilot.proto.scheduler.v1.RequestMetadata message() {
    return message;
  }
}
