package io.swarmpilot.taskinstance.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskRequest;
import io.swarmpilot.proto.taskinstance.v1.StartModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StopModelsRequest;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.CheckedJson;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.queue.NewTask;
import java.util.function.Supplier;

/// Checks requests and reads what the instance needs of them.
final class Requests {
  private static final int MAX_NAME = 256;
  private static final int MAX_REPLICAS = 1_024;
  private static final int MAX_GPUS = 64;
  private static final int MAX_CONFIG_CHARACTERS = 1 << 20;
  private static final JsonMapper MAPPER = new JsonMapper(JsonValues.FACTORY);

  private Requests() {}

  /// The replica that a caller wants started.
  static ReplicaSpec replica(StartModelsRequest request) {
    int count = count(request);
    int gpus = request.getNumGpusPerModel();
    Violations violations =
        new Violations()
            .requireText("model_type", request.getModelType(), MAX_NAME)
            .require(
                count >= 1 && count <= MAX_REPLICAS,
                "count",
                "must be between 1 and " + MAX_REPLICAS)
            .require(
                gpus >= 0 && gpus <= MAX_GPUS,
                "num_gpus_per_model",
                "must be between 0 and " + MAX_GPUS);
    String config = object(request.getConfig(), "config", violations).getJson();
    violations
        .require(
            config.length() <= MAX_CONFIG_CHARACTERS,
            "config",
            "must have at most " + MAX_CONFIG_CHARACTERS + " characters")
        .throwIfAny();
    return new ReplicaSpec(request.getModelType(), tree(config));
  }

  /// How many replicas a caller wants started.
  static int count(StartModelsRequest request) {
    return request.hasCount() ? request.getCount() : 1;
  }

  /// How many replicas a caller wants stopped.
  static int count(StopModelsRequest request) {
    if (!request.hasCount()) {
      return Integer.MAX_VALUE;
    }
    new Violations()
        .require(request.getCount() >= 1, "count", "must be at least 1, or null for all")
        .throwIfAny();
    return request.getCount();
  }

  /// The task of a caller, with an id of its own or one of ours.
  static NewTask task(EnqueueTaskRequest request, Supplier<String> ids) {
    Violations violations = new Violations();
    violations.requirePresent(JsonValues.isPresent(request.getInputData()), "input_data");
    String input = object(request.getInputData(), "input_data", violations).getJson();
    JsonValue _ = object(request.getMetadata(), "metadata", violations);
    if (request.hasTaskId()) {
      violations.requireTaskId("task_id", request.getTaskId());
    }
    if (request.hasModelName()) {
      violations.requireText("model_name", request.getModelName(), MAX_NAME);
    }
    violations.throwIfAny();
    return NewTask.local(
        request.hasTaskId() ? request.getTaskId() : ids.get(),
        request.hasModelName() ? request.getModelName() : null,
        input);
  }

  private static JsonValue object(JsonValue value, String field, Violations violations) {
    return JsonValues.isPresent(value)
        ? JsonValues.object(value, field, CheckedJson.isChecked(), violations)
        : JsonValues.emptyObject();
  }

  private static JsonNode tree(String checkedJson) {
    try {
      return MAPPER.readTree(checkedJson);
    } catch (JsonProcessingException e) {
      throw MeshException.invalid("config", "Input is not valid JSON");
    }
  }
}
