package io.swarmpilot.runtime.error;

/// One field that is wrong.
///
/// @param field path of the field, `task_input` or `tasks[2].task_input`
/// @param type machine-readable kind in pydantic's vocabulary: `missing`, `value_error`,
///   `int_parsing`
/// @param message what is wrong, for people
public record FieldViolation(String field, String type, String message) {
  /// Kind of a required field that was not given.
  public static final String MISSING = "missing";

  /// Kind of a value that breaks a rule.
  public static final String VALUE_ERROR = "value_error";

  /// A required field that was not given.
  public static FieldViolation missing(String field) {
    return new FieldViolation(field, MISSING, "Field required");
  }

  /// A value that breaks a rule.
  public static FieldViolation invalid(String field, String message) {
    return new FieldViolation(field, VALUE_ERROR, message);
  }
}
