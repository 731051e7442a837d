package io.swarmpilot.runtime.error;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns failures into gRPC statuses with `google.rpc` details. The only place that does.
public final class ErrorMapping {
  /// The `domain` of every `ErrorInfo` we send.
  public static final String DOMAIN = "swarmpilot.io";

  private static final Logger log = LoggerFactory.getLogger(ErrorMapping.class);

  private ErrorMapping() {}

  /// The status to answer for a failure. Anything but a [MeshException] or a status is a fault of
  /// ours: it is logged here and answered as INTERNAL without its text.
  public static StatusRuntimeException toStatus(Throwable failure) {
    return switch (failure) {
      case MeshException refused -> describe(refused);
      case StatusRuntimeException status -> status;
      case StatusException status ->
          new StatusRuntimeException(status.getStatus(), status.getTrailers());
      default -> {
        log.error("unexpected failure while serving a call", failure);
        yield describe(MeshException.of(ErrorReason.INTERNAL, "internal error"));
      }
    };
  }

  /// The `ErrorInfo` of a status that came from a service of the mesh.
  public static Optional<ErrorInfo> errorInfo(Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return Optional.empty();
    }
    return status.getDetailsList().stream()
        .filter(any -> any.is(ErrorInfo.class))
        .findFirst()
        .map(ErrorMapping::unpack);
  }

  /// The reason of a status that came from a service of the mesh, if it is one of ours.
  public static Optional<ErrorReason> reason(Throwable failure) {
    return errorInfo(failure)
        .flatMap(info ->
            Arrays.stream(ErrorReason.values())
                .filter(reason -> reason.name().equals(info.getReason()))
                .findFirst());
  }

  private static StatusRuntimeException describe(MeshException failure) {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setDomain(DOMAIN)
            .setReason(failure.reason().name())
            .putAllMetadata(failure.metadata())
            .build();
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder()
            .setCode(failure.reason().code().value())
            .setMessage(failure.message())
            .addDetails(Any.pack(info));
    if (!failure.violations().isEmpty()) {
      status.addDetails(Any.pack(badRequest(failure)));
    }
    failure.retryAfter().ifPresent(delay -> status.addDetails(Any.pack(retryInfo(delay))));
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private static BadRequest badRequest(MeshException failure) {
    BadRequest.Builder request = BadRequest.newBuilder();
    for (FieldViolation violation : failure.violations()) {
      request.addFieldViolations(
          BadRequest.FieldViolation.newBuilder()
              .setField(violation.field())
              .setReason(violation.type())
              .setDescription(violation.message()));
    }
    return request.build();
  }

  private static RetryInfo retryInfo(java.time.Duration delay) {
    return RetryInfo.newBuilder()
        .setRetryDelay(
            Duration.newBuilder().setSeconds(delay.getSeconds()).setNanos(delay.getNano()))
        .build();
  }

  private static ErrorInfo unpack(Any any) {
    try {
      return any.unpack(ErrorInfo.class);
    } catch (InvalidProtocolBufferException e) {
      // A peer that sends broken details told us no reason that we could use.
      return ErrorInfo.getDefaultInstance();
    }
  }
}
