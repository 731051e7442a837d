package io.swarmpilot.client;

/// One field of a request that is wrong.
///
/// @param field path of the field, `task_input` or `tasks[2].task_input`
/// @param type kind of error for programs: `missing`, `value_error`, `json_invalid`, …
/// @param message the same in words
public record FieldError(String field, String type, String message) {}
