package io.swarmpilot.launcher.serve;

import picocli.CommandLine.Option;

/// Settings that every single service has.
final class ServiceOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Address to listen on; 0.0.0.0 is every network (default: ${DEFAULT-VALUE}).")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "REST port (default: the documented one).")
  private int port;

  @Option(
      names = "--grpc-port",
      paramLabel = "PORT",
      description = "Its own gRPC port (default: the documented one).")
  private int grpcPort;

  String host() {
    return host;
  }

  Addresses addresses() {
    return new Addresses(host);
  }

  int portOr(int documented) {
    return port == 0 ? documented : port;
  }

  int grpcPortOr(int documented) {
    return grpcPort == 0 ? documented : grpcPort;
  }
}
