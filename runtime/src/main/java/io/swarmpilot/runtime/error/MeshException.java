package io.swarmpilot.runtime.error;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A failure that a caller is meant to see: a reason, a sentence, and what the caller can act on.
///
/// Thrown or passed to `onError` anywhere in a service; [ErrorMapping] is the only place that turns
/// it into a gRPC status. It carries no stack trace: it describes the call, not our code.
public final class MeshException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorReason reason;
  private final transient List<FieldViolation> violations;
  private final transient Map<String, String> metadata;
  private final transient @Nullable Duration retryAfter;

  private MeshException(
      ErrorReason reason,
      String message,
      List<FieldViolation> violations,
      Map<String, String> metadata,
      @Nullable Duration retryAfter) {
    super(message, null, false, false);
    this.reason = reason;
    this.violations = List.copyOf(violations);
    this.metadata = Map.copyOf(metadata);
    this.retryAfter = retryAfter;
  }

  /// A failure with a reason and a sentence for the caller.
  public static MeshException of(ErrorReason reason, String message) {
    return new MeshException(reason, message, List.of(), Map.of(), null);
  }

  /// A refused call, naming every field that is wrong (at least one).
  public static MeshException invalid(List<FieldViolation> violations) {
    FieldViolation first = violations.getFirst();
    String message = first.field() + ": " + first.message();
    return new MeshException(ErrorReason.INVALID_FIELD, message, violations, Map.of(), null);
  }

  /// A refused call, naming the one field that is wrong.
  public static MeshException invalid(String field, String message) {
    return invalid(List.of(FieldViolation.invalid(field, message)));
  }

  /// The same failure with a further machine-readable detail.
  public MeshException with(String key, String value) {
    Map<String, String> extended = new HashMap<>(metadata);
    extended.put(key, value);
    return new MeshException(reason, message(), violations, extended, retryAfter);
  }

  /// The same failure, telling the caller when to try again.
  public MeshException retryAfter(Duration delay) {
    return new MeshException(reason, message(), violations, metadata, delay);
  }

  /// Why.
  public ErrorReason reason() {
    return reason;
  }

  /// The sentence for the caller.
  public String message() {
    return String.valueOf(getMessage());
  }

  /// The fields that are wrong; empty unless the reason is [ErrorReason#INVALID_FIELD].
  public List<FieldViolation> violations() {
    return violations;
  }

  /// Machine-readable details.
  public Map<String, String> metadata() {
    return metadata;
  }

  /// When to try again, if that is known.
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
