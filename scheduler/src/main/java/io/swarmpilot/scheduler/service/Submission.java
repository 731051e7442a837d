package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.CheckedJson;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.TaskTraits;
import io.swarmpilot.scheduler.payload.FeatureReader;
import io.swarmpilot.scheduler.payload.TaskDescription;
import io.swarmpilot.scheduler.payload.TaskPayload;
import java.util.Optional;

/// A task as its caller submits it, validated.
///
/// @param taskId its id, chosen by the caller or made here
/// @param payload what it brings along
/// @param traits how it wants to be treated
record Submission(String taskId, TaskPayload payload, TaskTraits traits) {
  private static final int MOST_METADATA_CHARS = 64 << 10;

  /// Validates one task; notes what is wrong with it.
  ///
  /// @param prefix path of the task within the request, "" or "tasks[2]."
  /// @param override the strategies it may ask for
  static Submission read(
      JsonValue input,
      JsonValue metadata,
      Optional<String> taskId,
      String prefix,
      StrategyOverride override,
      Violations violations) {
    boolean checked = CheckedJson.isChecked();
    violations.requirePresent(JsonValues.isPresent(input), prefix + "task_input");
    JsonValue checkedInput =
        JsonValues.isPresent(input)
            ? JsonValues.object(input, prefix + "task_input", checked, violations)
            : JsonValues.emptyObject();
    JsonValue checkedMetadata = metadata(metadata, prefix + "metadata", checked, violations);
    taskId.ifPresent(id -> violations.requireTaskId(prefix + "task_id", id));
    TaskDescription description =
        FeatureReader.read(
            checkedMetadata.getJson(), checkedInput.getJson(), prefix + "metadata", violations);
    return new Submission(
        taskId.orElseGet(TaskIds::next),
        new TaskPayload(checkedInput, checkedMetadata, description.features()),
        override.resolve(description.traits(), prefix + "metadata.strategy", violations));
  }

  private static JsonValue metadata(
      JsonValue metadata, String field, boolean checked, Violations violations) {
    if (isNull(metadata)) {
      return JsonValues.emptyObject();
    }
    JsonValue object = JsonValues.object(metadata, field, checked, violations);
    if (object.getJson().length() > MOST_METADATA_CHARS) {
      violations.add(FieldViolation.invalid(field, "must have at most 64 KiB"));
    }
    return object;
  }

  private static boolean isNull(JsonValue value) {
    return switch (value.getKindCase()) {
      case JSON -> value.getJson().length() < 16 && value.getJson().strip().equals("null");
      case VALUE -> value.getValue().hasNullValue();
      case KIND_NOT_SET -> true;
    };
  }
}
