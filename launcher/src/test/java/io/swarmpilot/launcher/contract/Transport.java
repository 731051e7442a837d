package io.swarmpilot.launcher.contract;

/// A way to reach the mesh.
interface Transport extends AutoCloseable {
  /// Names of the transports, as in the `transports` of a case.
  String HTTP = "http";

  /// gRPC over the network, at the service's own port.
  String GRPC = "grpc";

  /// gRPC inside the process.
  String IN_PROCESS = "inprocess";

  /// Makes a call and waits for the whole answer.
  Answer call(Call call);

  @Override
  void close();
}
