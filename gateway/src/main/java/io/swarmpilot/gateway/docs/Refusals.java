package io.swarmpilot.gateway.docs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Describes what every operation may answer instead of its documented answer.
final class Refusals {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Refusals() {}

  /// Adds to the answers of an operation those refusals that it can give.
  static void refer(ObjectNode responses, boolean takesInput, boolean hasBody) {
    if (hasBody) {
      refer(responses, "413", "TooLarge");
    }
    if (takesInput) {
      refer(responses, "422", "Invalid");
    }
    refer(responses, "429", "Overloaded");
    refer(responses, "503", "Unavailable");
    refer(responses, "default", "Refused");
  }

  /// The refusals themselves.
  static ObjectNode responses() {
    ObjectNode responses = NODES.objectNode();
    add(responses, "Invalid", "A field is missing or wrong, or the body is not JSON.", "Invalid");
    add(responses, "TooLarge", "The body exceeds 64 MiB.", "Refusal");
    add(
        responses,
        "Unavailable",
        "Nothing can serve this now, or the service is not up.",
        "Refusal");
    add(responses, "Refused", "Refused; the status and `reason` say why.", "Refusal");
    ObjectNode overloaded =
        add(responses, "Overloaded", "A bound is reached; try again later.", "Refusal");
    overloaded
        .putObject("headers")
        .putObject("Retry-After")
        .put("description", "Seconds to wait, at least 1.")
        .putObject("schema")
        .put("type", "integer");
    return responses;
  }

  /// The bodies of refusals.
  static ObjectNode schemas() {
    ObjectNode schemas = NODES.objectNode();
    ObjectNode refusal =
        schemas
            .putObject("Refusal")
            .put("type", "object")
            .put(
                "description",
                "Where the documented answer has a status, its keys are there as well, with status"
                    + " \"error\" and a message.");
    ObjectNode properties = refusal.putObject("properties");
    properties.putObject("detail").put("type", "string").put("description", "What is wrong.");
    properties
        .putObject("reason")
        .put("type", "string")
        .put("description", "The same for programs, as in docs/errors.md.");
    refusal.putArray("required").add("detail");
    ObjectNode invalid = schemas.putObject("Invalid").put("type", "object");
    ObjectNode faults = invalid.putObject("properties").putObject("detail").put("type", "array");
    ObjectNode fault = faults.putObject("items").put("type", "object");
    ObjectNode parts = fault.putObject("properties");
    parts
        .putObject("loc")
        .put("type", "array")
        .put("description", "body, query or path, then names and positions.")
        .putObject("items")
        .putArray("type")
        .add("string")
        .add("integer");
    parts.putObject("msg").put("type", "string");
    parts.putObject("type").put("type", "string");
    fault.putArray("required").add("loc").add("msg").add("type");
    invalid.putArray("required").add("detail");
    return schemas;
  }

  private static void refer(ObjectNode responses, String status, String name) {
    responses.putObject(status).put("$ref", "#/components/responses/" + name);
  }

  private static ObjectNode add(
      ObjectNode responses, String name, String description, String schema) {
    ObjectNode response = responses.putObject(name).put("description", description);
    response
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + schema);
    return response;
  }
}
