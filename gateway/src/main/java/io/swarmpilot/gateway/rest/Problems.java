package io.swarmpilot.gateway.rest;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.linecorp.armeria.common.ContentTooLargeException;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ShuttingDownException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.RequestTimeoutException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.HttpStatuses;
import io.swarmpilot.runtime.error.MeshException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns every failure into its HTTP refusal. The only place that does.
public final class Problems {
  private static final long DEFAULT_RETRY_SECONDS = 1;
  private static final String NO_ANSWER_IN_TIME = "The service did not answer in time";

  private Problems() {}

  /// The refusal for a failure. `part` tells in which part of the request a field of the message
  /// stands: `body`, `query` or `path`.
  public static Problem of(Throwable failure, Function<String, String> part) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause(), part);
      case InvalidRequestException invalid -> Problem.invalid(invalid.faults());
      case StatusRuntimeException status -> of(status, part);
      case MeshException refused -> of(ErrorMapping.toStatus(refused), part);
      case BodyCollector.BodyTooLargeException e -> tooLarge();
      case ContentTooLargeException e -> tooLarge();
      case ShuttingDownException e ->
          Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The gateway is shutting down");
      case RequestTimeoutException e -> Problem.of(HttpStatus.GATEWAY_TIMEOUT, NO_ANSWER_IN_TIME);
      // The caller left; whatever is answered, nobody reads it.
      case CancellationException e -> gone();
      case com.linecorp.armeria.common.CancellationException e -> gone();
      case ClosedStreamException e -> gone();
      case HttpStatusException told ->
          Problem.of(told.httpStatus(), told.httpStatus().reasonPhrase());
      default -> of(ErrorMapping.toStatus(failure), part);
    };
  }

  private static Problem gone() {
    return Problem.of(HttpStatus.valueOf(HttpStatuses.of(Status.Code.CANCELLED)), "Cancelled");
  }

  /// The refusal of a body beyond the limit.
  private static Problem tooLarge() {
    return Problem.of(HttpStatus.REQUEST_ENTITY_TOO_LARGE, "Request Entity Too Large");
  }

  private static Problem of(StatusRuntimeException failure, Function<String, String> part) {
    Optional<BadRequest> invalid = detail(failure, BadRequest.getDefaultInstance());
    if (invalid.isPresent() && invalid.get().getFieldViolationsCount() > 0) {
      return Problem.invalid(faults(invalid.get(), part));
    }
    Optional<ErrorInfo> info = ErrorMapping.errorInfo(failure);
    Map<String, String> more = new HashMap<>();
    info.ifPresent(told -> {
      more.putAll(told.getMetadataMap());
      more.put("reason", told.getReason());
    });
    HttpStatus status = status(failure.getStatus().getCode(), more.get("reason"));
    return new Problem(
        status,
        sentence(failure.getStatus(), info.isPresent()),
        List.of(),
        more,
        retry(failure, status));
  }

  private static HttpStatus status(Status.Code code, @Nullable String reason) {
    // The one reason whose HTTP status says more than its gRPC code can.
    boolean tooLarge = ErrorReason.MESSAGE_TOO_LARGE.name().equals(reason);
    return tooLarge
        ? HttpStatus.REQUEST_ENTITY_TOO_LARGE
        : HttpStatus.valueOf(HttpStatuses.of(code));
  }

  private static String sentence(Status status, boolean fromService) {
    String description = status.getDescription();
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> NO_ANSWER_IN_TIME;
      case INTERNAL, UNKNOWN, DATA_LOSS -> "Internal Server Error";
      // A status without a reason was made by the transport, in words for programmers.
      case UNAVAILABLE -> fromService ? told(description) : "The service cannot be reached";
      default -> told(description == null ? status.getCode().name() : description);
    };
  }

  private static String told(@Nullable String description) {
    return description == null ? "" : description;
  }

  private static @Nullable Long retry(StatusRuntimeException failure, HttpStatus status) {
    Optional<Long> told =
        detail(failure, RetryInfo.getDefaultInstance())
            .map(info -> info.getRetryDelay())
            .map(delay -> Math.max(1, delay.getSeconds() + (delay.getNanos() > 0 ? 1 : 0)));
    return told.orElse(status.equals(HttpStatus.TOO_MANY_REQUESTS) ? DEFAULT_RETRY_SECONDS : null);
  }

  private static List<Fault> faults(BadRequest invalid, Function<String, String> part) {
    return invalid.getFieldViolationsList().stream()
        .map(violation -> {
          List<Object> path = Fault.split(violation.getField());
          String first = path.isEmpty() ? "" : String.valueOf(path.getFirst());
          return Fault.in(
              part.apply(first), path, violation.getReason(), violation.getDescription());
        })
        .toList();
  }

  private static <M extends Message> Optional<M> detail(StatusRuntimeException failure, M type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return Optional.empty();
    }
    return status.getDetailsList().stream()
        .filter(any -> any.is(type.getClass()))
        .findFirst()
        .flatMap(any -> parsed(any.getValue(), type));
  }

  private static <M extends Message> Optional<M> parsed(ByteString wire, M type) {
    try {
      @SuppressWarnings("unchecked")
      M parsed = (M) type.getParserForType().parseFrom(wire);
      return Optional.of(parsed);
    } catch (InvalidProtocolBufferException e) {
      // A service that sends broken details told us nothing that we could use.
      return Optional.empty();
    }
  }
}
