package io.swarmpilot.launcher.settings;

/// Which port everything listens on.
///
/// @param offset added to every port
public record Ports(int offset) {
  /// Most task instances of one host: one more and their ports would run into the predictor's.
  public static final int MAX_INSTANCES = 64;

  private static final int EVERYTHING = 8080;
  private static final int FIRST_INSTANCE = 8100;
  private static final int SCHEDULER = 8102;
  private static final int PREDICTOR = 8200;
  private static final int SCHEDULER_GRPC = 9102;
  private static final int FIRST_INSTANCE_GRPC = 9110;
  private static final int PREDICTOR_GRPC = 9200;
  private static final int EXECUTOR = 5_000;
  private static final int EXECUTOR_GRPC = 9_500;
  private static final int NODE_AGENT = 9_510;
  private static final int MAX_OFFSET = 65_535 - NODE_AGENT;

  /// Checks that every port stays a port.
  public Ports {
    if (offset < -EVERYTHING + 1 || offset > MAX_OFFSET) {
      throw new CommandFailure(
          "--port-offset " + offset + " moves a port out of range: use 0 to " + MAX_OFFSET);
    }
  }

  /// The gateway's port with everything on it.
  public int everything() {
    return EVERYTHING + offset;
  }

  /// The scheduler's REST port.
  public int scheduler() {
    return SCHEDULER + offset;
  }

  /// The scheduler's gRPC port.
  public int schedulerGrpc() {
    return SCHEDULER_GRPC + offset;
  }

  /// The predictor's REST port.
  public int predictor() {
    return PREDICTOR + offset;
  }

  /// The predictor's gRPC port.
  public int predictorGrpc() {
    return PREDICTOR_GRPC + offset;
  }

  /// The REST port of a benchmark's workload executor.
  public int executor() {
    return EXECUTOR + offset;
  }

  /// The gRPC port of a benchmark's workload executor.
  public int executorGrpc() {
    return EXECUTOR_GRPC + offset;
  }

  /// The gRPC port of a benchmark's node agent.
  public int nodeAgent() {
    return NODE_AGENT + offset;
  }

  /// The REST port of a task instance, counted from 0; the scheduler's port is left out.
  public int instance(int index) {
    int port = FIRST_INSTANCE + index;
    return (port < SCHEDULER ? port : port + 1) + offset;
  }

  /// The gRPC port of a task instance, counted from 0.
  public int instanceGrpc(int index) {
    return FIRST_INSTANCE_GRPC + index + offset;
  }
}
