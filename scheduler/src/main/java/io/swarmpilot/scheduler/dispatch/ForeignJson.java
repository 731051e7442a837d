package io.swarmpilot.scheduler.dispatch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.core.InstanceStatus;
import io.swarmpilot.scheduler.core.Target;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads the documented bodies of a task instance; each value as the text that it is, so that
/// results stay as they came.
final class ForeignJson {
  private ForeignJson() {}

  static Optional<ForeignStatus> status(String body) {
    Map<String, String> fields = fields(body);
    if (!fields.containsKey("instance_id") || !fields.containsKey("replicas_running")) {
      return Optional.empty();
    }
    int replicas = Math.max(0, (int) number(fields, "replicas_running"));
    int slots = Math.max(replicas, (int) number(fields, "slots"));
    InstanceStatus status =
        new InstanceStatus(
            text(fields, "model_type"),
            replicas,
            slots,
            new Target(
                text(fields, "hardware"),
                text(fields, "software_name"),
                text(fields, "software_version")),
            false,
            Math.max(0, (int) number(fields, "gpus")));
    return Optional.of(
        new ForeignStatus(text(fields, "instance_id"), (int) number(fields, "queue_size"), status));
  }

  static Optional<String> taskId(String body) {
    return Optional.of(text(fields(body), "task_id")).filter(id -> !id.isEmpty());
  }

  static Optional<ForeignResult> result(String body) {
    Map<String, String> fields = fields(body);
    if (!fields.containsKey("status")) {
      return Optional.empty();
    }
    String result = fields.getOrDefault("result", "null");
    return Optional.of(
        new ForeignResult(
            text(fields, "status"),
            result.equals("null") ? JsonValue.getDefaultInstance() : JsonValues.of(result),
            text(fields, "error"),
            number(fields, "execution_time")));
  }

  /// The JSON text of every field of an object; none when it is no object.
  private static Map<String, String> fields(String body) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JsonValues.FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        int from = (int) parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        fields.put(name, body.substring(from, to).strip());
      }
    } catch (IOException e) {
      return Map.of();
    }
    return fields;
  }

  private static String text(Map<String, String> fields, String name) {
    String json = fields.getOrDefault(name, "null");
    try (JsonParser parser = JsonValues.FACTORY.createParser(json)) {
      return parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private static double number(Map<String, String> fields, String name) {
    try {
      return Double.parseDouble(fields.getOrDefault(name, "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
