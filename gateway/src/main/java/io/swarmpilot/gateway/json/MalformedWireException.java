package io.swarmpilot.gateway.json;

/// Bytes that are not a protobuf message.
public final class MalformedWireException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A message with this fault.
  public MalformedWireException(String fault) {
    super(fault, null, false, false);
  }
}
