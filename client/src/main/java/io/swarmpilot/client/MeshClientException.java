package io.swarmpilot.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A call that failed: what kind of failure, why, and what the caller can act on.
public final class MeshClientException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final Pattern SYSTEM_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

  private final Status.Code code;
  private final @Nullable String reason;
  private final transient List<FieldError> violations;
  private final @Nullable Duration retryAfter;

  private MeshClientException(
      Status.Code code,
      String message,
      @Nullable String reason,
      List<FieldError> violations,
      @Nullable Duration retryAfter,
      Throwable cause) {
    super(message, cause);
    this.code = code;
    this.reason = reason;
    this.violations = List.copyOf(violations);
    this.retryAfter = retryAfter;
  }

  /// Reads a failure of a gRPC call. Anything that is none becomes `UNKNOWN`.
  public static MeshClientException of(Throwable failure) {
    if (failure instanceof MeshClientException already) {
      return already;
    }
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause());
    }
    Status status = Status.fromThrowable(failure);
    com.google.rpc.Status details = StatusProto.fromThrowable(failure);
    List<Any> packed = details == null ? List.of() : details.getDetailsList();
    return new MeshClientException(
        status.getCode(),
        sentence(status),
        find(packed, ErrorInfo.class).map(ErrorInfo::getReason).orElse(null),
        find(packed, BadRequest.class).map(MeshClientException::violations).orElse(List.of()),
        find(packed, RetryInfo.class).map(MeshClientException::delay).orElse(null),
        failure);
  }

  static MeshClientException timedOut(String message) {
    Status status = Status.DEADLINE_EXCEEDED.withDescription(message);
    return new MeshClientException(
        status.getCode(), message, null, List.of(), null, status.asRuntimeException());
  }

  /// The gRPC code.
  public Status.Code code() {
    return code;
  }

  /// The status that REST answers the same failure with, 422 or 503 for example.
  public int httpStatus() {
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

  /// The mesh's own reason, `TASK_NOT_FOUND` for example; empty when the failure is not the mesh's.
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /// The sentence for people.
  public String message() {
    return String.valueOf(getMessage());
  }

  /// The fields that are wrong; empty unless the call was refused for them.
  public List<FieldError> violations() {
    return violations;
  }

  /// When to try again, if the mesh said so.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  private static String sentence(Status status) {
    String said = status.getDescription();
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> "no answer in time";
      case UNAVAILABLE -> status.getCause() == null ? orCode(said, status) : connectFailure(status);
      default -> orCode(said, status);
    };
  }

  /// gRPC says only "io exception"; the innermost cause says what happened, the native transport
  /// with the name of its system call before it.
  private static String connectFailure(Status status) {
    Throwable root = status.getCause();
    while (root != null && root.getMessage() == null) {
      root = root.getCause();
    }
    return root == null
        ? orCode(status.getDescription(), status)
        : SYSTEM_CALL.matcher(String.valueOf(root.getMessage())).replaceFirst("");
  }

  private static String orCode(@Nullable String said, Status status) {
    return said == null || said.isBlank() ? status.getCode().toString() : said;
  }

  private static List<FieldError> violations(BadRequest request) {
    return request.getFieldViolationsList().stream()
        .map(v -> new FieldError(v.getField(), v.getReason(), v.getDescription()))
        .toList();
  }

  private static Duration delay(RetryInfo info) {
    return Duration.ofSeconds(info.getRetryDelay().getSeconds(), info.getRetryDelay().getNanos());
  }

  private static <M extends Message> Optional<M> find(List<Any> details, Class<M> type) {
    return details.stream()
        .filter(any -> any.is(type))
        .findFirst()
        .flatMap(any -> unpack(any, type));
  }

  private static <M extends Message> Optional<M> unpack(Any any, Class<M> type) {
    try {
      return Optional.of(any.unpack(type));
    } catch (InvalidProtocolBufferException e) {
      // A peer that sends broken details told us nothing that we could use.
      return Optional.empty();
    }
  }
}
