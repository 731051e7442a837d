package io.swarmpilot.runtime.grpc;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;

/// Channels between the parts of the mesh.
///
/// Callbacks run on the transport's thread, so they must not block. gRPC's own retries are off: who
/// retries, and what is safe to retry, is decided where the call is made.
public final class MeshChannels {
  private MeshChannels() {}

  /// A plaintext channel to another process.
  public static ManagedChannel netty(String host, int port) {
    return configured(
        NettyChannelBuilder.forAddress(host, port)
            .usePlaintext()
            .keepAliveTime(10, TimeUnit.SECONDS)
            .keepAliveTimeout(3, TimeUnit.SECONDS));
  }

  /// A channel to a server of this process.
  public static ManagedChannel inProcess(String name) {
    return configured(InProcessChannelBuilder.forName(name));
  }

  private static ManagedChannel configured(ManagedChannelBuilder<?> builder) {
    return builder
        .directExecutor()
        .disableRetry()
        .maxInboundMessageSize(Limits.MAX_MESSAGE_BYTES)
        .build();
  }
}
