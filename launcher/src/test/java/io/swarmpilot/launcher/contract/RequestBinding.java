package io.swarmpilot.launcher.contract;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Turns a REST call into the request message that it stands for: body, then query, then path.
final class RequestBinding {
  private static final Splitter PAIRS = Splitter.on('&').omitEmptyStrings();

  private RequestBinding() {}

  static DynamicMessage bind(Call call, Route route) {
    ImmutableMap<String, String> path = route.match(call.method(), call.pathOnly()).orElseThrow();
    Descriptor type = route.method().getInputType();
    DynamicMessage.Builder request =
        route.wholeBody()
            ? MessageReader.read(call.body().filter(b -> !b.isBlank()).orElse("{}"), type)
            : DynamicMessage.newBuilder(type);
    PAIRS.split(call.query()).forEach(pair -> parameter(request, pair));
    call.form().forEach(part -> part(request, part));
    path.forEach((name, value) -> plain(request, name, value));
    return request.build();
  }

  private static void parameter(DynamicMessage.Builder request, String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    plain(request, name, URLDecoder.decode(value, StandardCharsets.UTF_8));
  }

  private static void part(DynamicMessage.Builder request, Call.FormPart part) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(part.name());
    if (field != null && MessageReader.isFreeForm(field)) {
      request.setField(field, MessageReader.freeForm(field, part.content()));
    } else {
      plain(request, part.name(), part.content());
    }
    if (!part.fileName().isEmpty()) {
      plain(request, "file_name", part.fileName());
    }
  }

  /// Sets or, when it is repeated, adds to a field; an unknown name is passed over.
  private static void plain(DynamicMessage.Builder request, String name, String value) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      return;
    }
    if (field.isRepeated()) {
      request.addRepeatedField(field, MessageReader.scalar(field, value));
    } else {
      request.setField(field, MessageReader.scalar(field, value));
    }
  }

  /// The part of the call that a field of the request came from, as `loc` names it.
  static String origin(Call call, Map<String, String> path, String field) {
    if (path.containsKey(field)) {
      return "path";
    }
    return call.method().equals("GET") ? "query" : "body";
  }
}
