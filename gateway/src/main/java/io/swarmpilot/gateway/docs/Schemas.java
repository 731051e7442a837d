package io.swarmpilot.gateway.docs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.common.base.Splitter;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.swarmpilot.proto.common.v1.Json;
import io.swarmpilot.proto.common.v1.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// JSON schemas of messages as the codec reads and writes them.
///
/// In an answer every key is there; in a request only REQUIRED ones must be.
final class Schemas {
  private static final String REF = "#/components/schemas/";

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Comments comments;
  private final ObjectNode components = nodes.objectNode();
  private final Set<String> begun = new LinkedHashSet<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /// The schemas that references point to.
  ObjectNode components() {
    return components;
  }

  /// A reference to the schema of a message, which is added to the components.
  ObjectNode reference(Descriptor type, boolean request) {
    String name = name(type, request);
    if (begun.add(name)) {
      ObjectNode schema = object(type, request, Set.of());
      components.set(name, schema);
    }
    return nodes.objectNode().put("$ref", REF + name);
  }

  /// The schema of a message without some of its fields, in place.
  ObjectNode object(Descriptor type, boolean request, Set<String> without) {
    ObjectNode schema = nodes.objectNode().put("type", "object");
    describe(schema, type.getFullName());
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = nodes.arrayNode();
    for (FieldDescriptor field : type.getFields()) {
      if (without.contains(field.getName())) {
        continue;
      }
      properties.set(field.getName(), property(field, request));
      if (!request || isRequired(field)) {
        required.add(field.getName());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  /// The schema of a field with its comment.
  ObjectNode property(FieldDescriptor field, boolean request) {
    ObjectNode schema = plain(field, request);
    boolean absent = request ? !isRequired(field) && field.hasPresence() : isNullable(field);
    ObjectNode property = absent ? nullable(schema) : schema;
    describe(property, field.getFullName());
    return property;
  }

  /// The schema of a field without its comment, never null.
  ObjectNode plain(FieldDescriptor field, boolean request) {
    if (field.isMapField()) {
      ObjectNode map = nodes.objectNode().put("type", "object");
      map.set("additionalProperties", single(field.getMessageType().getFields().get(1), request));
      return map;
    }
    if (field.isRepeated()) {
      ObjectNode list = nodes.objectNode().put("type", "array");
      list.set("items", single(field, request));
      return list;
    }
    return single(field, request);
  }

  static boolean isRequired(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.REQUIRED);
  }

  private static boolean isNullable(FieldDescriptor field) {
    return field.hasPresence() || field.getOptions().getExtension(Json.nullWhenEmpty);
  }

  private ObjectNode single(FieldDescriptor field, boolean request) {
    ObjectNode schema = nodes.objectNode();
    return switch (field.getType()) {
      case STRING -> schema.put("type", "string");
      case BYTES -> schema.put("type", "string").put("contentEncoding", "base64");
      case BOOL -> schema.put("type", "boolean");
      case DOUBLE -> schema.put("type", "number").put("format", "double");
      case FLOAT -> schema.put("type", "number").put("format", "float");
      case INT64, UINT64, SINT64, FIXED64, SFIXED64 ->
          schema.put("type", "integer").put("format", "int64");
      case INT32, UINT32, SINT32, FIXED32, SFIXED32 ->
          schema.put("type", "integer").put("format", "int32");
      case ENUM -> {
        ArrayNode values = schema.put("type", "string").putArray("enum");
        field.getEnumType().getValues().stream()
            .map(EnumValueDescriptor::getName)
            .forEach(values::add);
        yield schema;
      }
      case MESSAGE, GROUP ->
          isOpaque(field.getMessageType()) ? schema : reference(field.getMessageType(), request);
    };
  }

  private static boolean isOpaque(Descriptor type) {
    return type.getFullName().equals(JsonValue.getDescriptor().getFullName());
  }

  private ObjectNode nullable(ObjectNode schema) {
    if (schema.has("type")) {
      String type = schema.get("type").asText();
      schema.putArray("type").add(type).add("null");
      return schema;
    }
    if (schema.has("$ref")) {
      ObjectNode either = nodes.objectNode();
      either.putArray("oneOf").add(schema).add(nodes.objectNode().put("type", "null"));
      return either;
    }
    // Any JSON: null is one.
    return schema;
  }

  private void describe(ObjectNode schema, String fullName) {
    String comment = comments.of(fullName);
    if (!comment.isEmpty()) {
      schema.put("description", comment);
    }
  }

  /// `scheduler.Task`: services have messages of the same name.
  private static String name(Descriptor type, boolean request) {
    List<String> parts = Splitter.on('.').splitToList(type.getFullName());
    String name = parts.get(1) + "." + parts.getLast();
    return request && !name.endsWith("Request") ? name + "Input" : name;
  }
}
