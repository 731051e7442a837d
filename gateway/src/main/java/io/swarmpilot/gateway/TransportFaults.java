package io.swarmpilot.gateway;

import com.linecorp.armeria.common.RequestContext;
import com.linecorp.armeria.common.grpc.GrpcExceptionHandlerFunction;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;

/// Tells what goes wrong with a native call inside the gateway as services tell their refusals:
/// with a reason, and without names of classes. What a service refuses does not come by here.
final class TransportFaults implements GrpcExceptionHandlerFunction {
  @Override
  public Status apply(RequestContext ctx, Status status, Throwable cause, Metadata trailers) {
    return switch (status.getCode()) {
      case RESOURCE_EXHAUSTED ->
          told(
              MeshException.of(ErrorReason.MESSAGE_TOO_LARGE, "The message exceeds the limit"),
              trailers);
      case UNKNOWN, INTERNAL -> told(cause, trailers);
      default -> status;
    };
  }

  private static Status told(Throwable failure, Metadata trailers) {
    StatusRuntimeException described = ErrorMapping.toStatus(failure);
    if (described.getTrailers() != null) {
      trailers.merge(described.getTrailers());
    }
    return described.getStatus();
  }
}
