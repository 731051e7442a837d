package io.swarmpilot.runtime.grpc;

/// Bounds that every server and channel of the mesh shares.
public final class Limits {
  /// Largest message a gRPC server or channel takes, bytes. The gateway refuses larger bodies
  /// first.
  public static final int MAX_MESSAGE_BYTES = 68 << 20;

  /// Largest REST body the gateway takes, bytes: what the contract promises for opaque JSON and
  /// uploads.
  public static final int MAX_BODY_BYTES = 64 << 20;

  /// Deepest nesting of JSON.
  public static final int MAX_JSON_DEPTH = 1_000;

  private Limits() {}
}
