package io.swarmpilot.gateway.rest;

import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.linecorp.armeria.common.QueryParams;
import io.swarmpilot.gateway.json.JsonCodec;
import io.swarmpilot.gateway.json.JsonRejectedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes the request message of one operation from path, query and body. The path decides over
/// both; the query counts only where there is no body.
final class RequestBinder {
  private final JsonCodec codec;
  private final boolean hasBody;
  private final Set<String> variables;
  private final List<FieldDescriptor> pathFields;
  private final List<FieldDescriptor> queryFields;

  RequestBinder(Rule rule) {
    Descriptor request = rule.method().getInputType();
    codec = JsonCodec.of(request);
    hasBody = rule.hasBody();
    variables = Set.copyOf(rule.path().variables());
    pathFields = request.getFields().stream().filter(f -> variables.contains(f.getName())).toList();
    queryFields =
        request.getFields().stream()
            .filter(f -> !hasBody && !variables.contains(f.getName()))
            .filter(f -> f.getJavaType() != FieldDescriptor.JavaType.MESSAGE)
            .toList();
  }

  /// The request as wire bytes.
  ///
  /// @throws InvalidRequestException naming everything that does not fit
  byte[] bind(byte[] body, Map<String, String> path, QueryParams query) {
    List<Fault> faults = new ArrayList<>();
    ByteArrayOutputStream wire = new ByteArrayOutputStream(body.length + 64);
    byte[] fromBody = hasBody ? body(body, faults) : new byte[0];
    if (pathFields.isEmpty() && queryFields.isEmpty() && faults.isEmpty()) {
      return fromBody;
    }
    wire.writeBytes(fromBody);
    for (FieldDescriptor field : pathFields) {
      text(field, "path", path.getOrDefault(field.getName(), ""), wire, faults);
    }
    for (FieldDescriptor field : queryFields) {
      query(field, query, wire, faults);
    }
    if (!faults.isEmpty()) {
      throw new InvalidRequestException(faults);
    }
    return wire.toByteArray();
  }

  private byte[] body(byte[] body, List<Fault> faults) {
    try {
      return codec.toWire(body, variables);
    } catch (JsonRejectedException e) {
      e.violations().forEach(v -> faults.add(Fault.in("body", v.path(), v.type(), v.message())));
      return new byte[0];
    }
  }

  private void query(
      FieldDescriptor field, QueryParams query, ByteArrayOutputStream wire, List<Fault> faults) {
    List<String> values = query.getAll(field.getName());
    if (values.isEmpty()) {
      values = query.getAll(field.getJsonName());
    }
    if (values.isEmpty()) {
      if (isRequired(field)) {
        faults.add(Fault.in("query", List.of(field.getName()), "missing", "Field required"));
      }
      return;
    }
    for (String value : field.isRepeated() ? values : List.of(values.getLast())) {
      text(field, "query", value, wire, faults);
    }
  }

  private void text(
      FieldDescriptor field,
      String part,
      String value,
      ByteArrayOutputStream wire,
      List<Fault> faults) {
    try {
      wire.writeBytes(codec.fieldToWire(field, value));
    } catch (JsonRejectedException e) {
      e.violations().forEach(v -> faults.add(Fault.in(part, v.path(), v.type(), v.message())));
    }
  }

  private static boolean isRequired(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.REQUIRED);
  }
}
