package io.swarmpilot.gateway.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.swarmpilot.gateway.rest.Rule;
import io.swarmpilot.gateway.special.ServiceChoice;
import io.swarmpilot.gateway.special.Uploads;
import java.util.List;
import java.util.Set;

/// Describes operations: parameters, body, answers.
final class Operations {
  private static final String JSON = "application/json";

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Comments comments;
  private final Schemas schemas;

  Operations(Comments comments, Schemas schemas) {
    this.comments = comments;
    this.schemas = schemas;
  }

  /// The operation on one verb and path; several rules where services share it.
  ObjectNode of(List<Rule> same) {
    Rule rule = same.getFirst();
    String method = rule.method().getFullName();
    ObjectNode operation = nodes.objectNode();
    operation.putArray("tags").add(rule.method().getService().getName());
    operation.put("summary", comments.firstSentence(method));
    operation.put("description", comments.of(method) + "\n\ngRPC: `" + method + "`");
    operation.put("operationId", id(rule));
    ArrayNode parameters = parameters(rule);
    if (same.size() > 1) {
      parameters.add(choice());
    }
    if (!parameters.isEmpty()) {
      operation.set("parameters", parameters);
    }
    if (rule.hasBody()) {
      operation.set("requestBody", body(rule));
    }
    operation.set("responses", responses(same, !parameters.isEmpty() || rule.hasBody()));
    return operation;
  }

  private static String id(Rule rule) {
    String place = rule.path().text().contains("{ti_uuid}") ? "OfInstance" : "";
    return rule.method().getService().getName().replace("Service", "")
        + "_"
        + rule.method().getName()
        + place
        + "_"
        + rule.verb();
  }

  private ArrayNode parameters(Rule rule) {
    ArrayNode parameters = nodes.arrayNode();
    Descriptor request = rule.method().getInputType();
    for (String variable : rule.path().variables()) {
      FieldDescriptor field = request.findFieldByName(variable);
      ObjectNode parameter =
          parameters.addObject().put("name", variable).put("in", "path").put("required", true);
      parameter.put(
          "description",
          field == null ? "Uuid of the task instance." : comments.of(field.getFullName()));
      parameter.putObject("schema").put("type", "string");
    }
    for (FieldDescriptor field : request.getFields()) {
      boolean inQuery = !rule.hasBody() && !rule.path().variables().contains(field.getName());
      if (inQuery) {
        ObjectNode parameter =
            parameters
                .addObject()
                .put("name", field.getName())
                .put("in", "query")
                .put("required", Schemas.isRequired(field))
                .put("description", comments.of(field.getFullName()));
        parameter.set("schema", schemas.plain(field, true));
      }
    }
    return parameters;
  }

  private ObjectNode choice() {
    ObjectNode parameter =
        nodes
            .objectNode()
            .put("name", ServiceChoice.HEADER)
            .put("in", "header")
            .put(
                "description", "Which service is meant; absent means the first that answers here.");
    parameter
        .putObject("schema")
        .put("type", "string")
        .putArray("enum")
        .add("predictor")
        .add("scheduler")
        .add("task-instance");
    return parameter;
  }

  private ObjectNode body(Rule rule) {
    Descriptor request = rule.method().getInputType();
    Set<String> inPath = Set.copyOf(rule.path().variables());
    ObjectNode body = nodes.objectNode();
    boolean required =
        request.getFields().stream()
            .anyMatch(field -> Schemas.isRequired(field) && !inPath.contains(field.getName()));
    body.put("required", required);
    ObjectNode content = body.putObject("content");
    boolean whole = request.getFields().stream().noneMatch(f -> inPath.contains(f.getName()));
    content
        .putObject(JSON)
        .set(
            "schema",
            whole ? schemas.reference(request, true) : schemas.object(request, true, inPath));
    if (!Uploads.fields(request.getFullName()).isEmpty()) {
      content.putObject("multipart/form-data").set("schema", form(request));
    }
    return body;
  }

  private ObjectNode form(Descriptor request) {
    ObjectNode form = nodes.objectNode().put("type", "object");
    ObjectNode properties = form.putObject("properties");
    ArrayNode required = form.putArray("required");
    for (Uploads.Part part : Uploads.fields(request.getFullName())) {
      FieldDescriptor field = request.findFieldByName(part.name());
      ObjectNode property =
          part.file()
              ? nodes.objectNode().put("type", "string").put("format", "binary")
              : schemas.plain(field, true);
      properties.set(part.name(), property.put("description", comments.of(field.getFullName())));
      if (part.required()) {
        required.add(part.name());
      }
    }
    return form;
  }

  private ObjectNode responses(List<Rule> same, boolean takesInput) {
    ObjectNode responses = nodes.objectNode();
    ObjectNode success = responses.putObject("200").put("description", description(same));
    ObjectNode schema = answer(same);
    ObjectNode content = success.putObject("content");
    if (same.getFirst().method().isServerStreaming()) {
      content.putObject("text/event-stream").set("schema", schema);
      content.putObject("application/x-ndjson").set("schema", schema);
    } else {
      content.putObject(JSON).set("schema", schema);
    }
    Refusals.refer(responses, takesInput, same.getFirst().hasBody());
    return responses;
  }

  private String description(List<Rule> same) {
    Rule rule = same.getFirst();
    FieldDescriptor field = rule.answerField();
    return comments.of(
        field == null ? rule.method().getOutputType().getFullName() : field.getFullName());
  }

  private ObjectNode answer(List<Rule> same) {
    if (same.size() == 1) {
      return answer(same.getFirst());
    }
    ObjectNode either = nodes.objectNode();
    ArrayNode answers = either.putArray("oneOf");
    same.forEach(rule -> answers.add(answer(rule)));
    return either;
  }

  private ObjectNode answer(Rule rule) {
    FieldDescriptor field = rule.answerField();
    return field == null
        ? schemas.reference(rule.method().getOutputType(), false)
        : schemas.plain(field, false);
  }
}
