package io.swarmpilot.runtime.error;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Collects every field of a request that is wrong, so that the caller learns of all at once.
///
/// ```java
/// new Violations()
///     .requireText("model_name", request.getModelName(), 256)
///     .require(port > 0, "port", "must be between 1 and 65535")
///     .throwIfAny();
/// ```
public final class Violations {
  private static final Pattern TASK_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

  private final List<FieldViolation> found = new ArrayList<>();

  /// Notes a violation.
  @CanIgnoreReturnValue
  public Violations add(FieldViolation violation) {
    found.add(violation);
    return this;
  }

  /// Notes `message` against `field` unless the condition holds.
  @CanIgnoreReturnValue
  public Violations require(boolean condition, String field, String message) {
    if (!condition) {
      found.add(FieldViolation.invalid(field, message));
    }
    return this;
  }

  /// Notes `field` as missing unless it is present.
  @CanIgnoreReturnValue
  public Violations requirePresent(boolean present, String field) {
    if (!present) {
      found.add(FieldViolation.missing(field));
    }
    return this;
  }

  /// Requires a text of 1 to `maxLength` characters.
  @CanIgnoreReturnValue
  public Violations requireText(String field, String value, int maxLength) {
    if (value.isEmpty()) {
      found.add(FieldViolation.missing(field));
    } else if (value.length() > maxLength) {
      found.add(FieldViolation.invalid(field, "must have at most " + maxLength + " characters"));
    }
    return this;
  }

  /// Requires the form of a task id chosen by a caller.
  @CanIgnoreReturnValue
  public Violations requireTaskId(String field, String value) {
    return require(
        TASK_ID.matcher(value).matches(),
        field,
        "must be 1 to 128 characters of A-Z a-z 0-9 . _ : -");
  }

  /// Requires a finite number of at least `min`.
  @CanIgnoreReturnValue
  public Violations requireAtLeast(String field, double value, double min) {
    return require(
        Double.isFinite(value) && value >= min,
        field,
        "must be a finite number of at least " + min);
  }

  /// The violations so far.
  public List<FieldViolation> found() {
    return List.copyOf(found);
  }

  /// Refuses the call when anything was noted.
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw MeshException.invalid(found);
    }
  }
}
