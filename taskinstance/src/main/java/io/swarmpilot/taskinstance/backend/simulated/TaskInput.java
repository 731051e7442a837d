package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.swarmpilot.runtime.json.JsonValues;

/// Reads the input of a task.
final class TaskInput {
  private static final JsonMapper JSON = JsonMapper.builder(JsonValues.FACTORY).build();
  private static final JsonNode NOTHING = JSON.createObjectNode();

  private TaskInput() {}

  /// The input as a tree; an empty object when it is no JSON.
  static JsonNode parse(String text) {
    if (text.equals("{}")) {
      return NOTHING;
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return NOTHING;
    }
  }
}
