package io.swarmpilot.runtime.error;

import io.grpc.Status;

/// The one table from gRPC codes to HTTP statuses (contract, wire rules 5 and 10).
public final class HttpStatuses {
  private HttpStatuses() {}

  /// The HTTP status that a gRPC code is answered with.
  public static int of(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 422;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED, FAILED_PRECONDITION -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      case INTERNAL, UNKNOWN, DATA_LOSS -> 500;
    };
  }
}
