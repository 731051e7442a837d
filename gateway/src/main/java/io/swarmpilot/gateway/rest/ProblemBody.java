package io.swarmpilot.gateway.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import io.swarmpilot.gateway.json.JsonCodec;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes refusals: JSON with `detail`, always.
///
/// Where the documented answer has a `status` of its own, a refusal has the same keys with `status:
/// "error"` and a `message`, so that a client that reads only the body still understands it.
public final class ProblemBody {
  private static final ProblemBody PLAIN = new ProblemBody(null);
  private static final String STATUS = "status";
  private static final String MESSAGE = "message";

  private final @Nullable Descriptor answer;

  private ProblemBody(@Nullable Descriptor answer) {
    this.answer = answer;
  }

  /// Bodies with `detail` and what the problem adds.
  public static ProblemBody plain() {
    return PLAIN;
  }

  /// Bodies for the refusals of an operation.
  static ProblemBody of(Rule rule) {
    Descriptor answer = rule.method().getOutputType();
    FieldDescriptor status = answer.findFieldByName(STATUS);
    boolean tells = status != null && status.getType() == FieldDescriptor.Type.STRING;
    return rule.answerField() == null && tells ? new ProblemBody(answer) : PLAIN;
  }

  /// A whole response.
  public HttpResponse response(Problem problem) {
    return HttpResponse.of(headers(problem), content(problem));
  }

  /// Headers of the response.
  public static ResponseHeaders headers(Problem problem) {
    ResponseHeadersBuilder headers =
        ResponseHeaders.builder(problem.status()).contentType(MediaType.JSON);
    Long seconds = problem.retryAfterSeconds();
    if (seconds != null) {
      headers.set(HttpHeaderNames.RETRY_AFTER, Long.toString(seconds));
    }
    return headers.build();
  }

  /// Body of the response.
  public HttpData content(Problem problem) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JsonValues.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      Set<String> written = problem.faults().isEmpty() ? answerKeys(problem, json) : Set.of();
      detail(problem, json);
      for (Map.Entry<String, String> more : new TreeMap<>(problem.more()).entrySet()) {
        if (!written.contains(more.getKey()) && !more.getKey().equals("detail")) {
          json.writeStringField(more.getKey(), more.getValue());
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HttpData.wrap(out.toByteArray());
  }

  /// Writes the keys of the documented answer, if it has a status; tells which.
  private Set<String> answerKeys(Problem problem, JsonGenerator json) throws IOException {
    Descriptor type = answer;
    if (type == null) {
      return Set.of();
    }
    List<String> names = new ArrayList<>();
    DynamicMessage defaults = DynamicMessage.getDefaultInstance(type);
    JsonCodec codec = JsonCodec.of(type);
    for (FieldDescriptor field : type.getFields()) {
      names.add(field.getName());
      json.writeFieldName(field.getName());
      switch (field.getName()) {
        case STATUS -> json.writeString("error");
        case MESSAGE -> json.writeString(problem.detail());
        default ->
            json.writeRawValue(
                new String(codec.toJson(defaults.toByteArray(), field), StandardCharsets.UTF_8));
      }
    }
    if (!names.contains(MESSAGE)) {
      names.add(MESSAGE);
      json.writeStringField(MESSAGE, problem.detail());
    }
    return Set.copyOf(names);
  }

  private static void detail(Problem problem, JsonGenerator json) throws IOException {
    json.writeFieldName("detail");
    if (problem.faults().isEmpty()) {
      json.writeString(problem.detail());
      return;
    }
    json.writeStartArray();
    for (Fault fault : problem.faults()) {
      json.writeStartObject();
      json.writeFieldName("loc");
      json.writeStartArray();
      for (Object part : fault.loc()) {
        if (part instanceof Integer position) {
          json.writeNumber(position);
        } else {
          json.writeString(part.toString());
        }
      }
      json.writeEndArray();
      json.writeStringField("msg", fault.message());
      json.writeStringField("type", fault.type());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
