package io.swarmpilot.gateway.special;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.linecorp.armeria.common.multipart.AggregatedBodyPart;
import com.linecorp.armeria.common.multipart.AggregatedMultipart;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.swarmpilot.gateway.json.JsonCodec;
import io.swarmpilot.gateway.json.JsonRejectedException;
import io.swarmpilot.gateway.rest.Fault;
import io.swarmpilot.gateway.rest.InvalidRequestException;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.runtime.json.JsonValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The two documented uploads.
public final class Uploads {
  private static final String TRACE_FILE = "trace_file";
  private static final String CONFIDENCE = "confidence_level";
  private static final String FORMAT = "format";

  private Uploads() {}

  /// The form an RPC takes, by the type of its request, if it takes one.
  public static Optional<Upload.FormBinder> of(String requestType) {
    if (requestType.equals(PredictTableRequest.getDescriptor().getFullName())) {
      return Optional.of(Uploads::table);
    }
    if (requestType.equals(TrainRequest.getDescriptor().getFullName())) {
      return Optional.of(Uploads::training);
    }
    return Optional.empty();
  }

  /// The parts of that form; none when the RPC takes no form.
  public static List<Part> fields(String requestType) {
    if (requestType.equals(PredictTableRequest.getDescriptor().getFullName())) {
      return List.of(
          new Part(TRACE_FILE, true, true),
          new Part(CONFIDENCE, false, false),
          new Part(FORMAT, false, false));
    }
    if (requestType.equals(TrainRequest.getDescriptor().getFullName())) {
      return List.of(new Part("config", true, true), new Part(TRACE_FILE, true, false));
    }
    return List.of();
  }

  /// A part of a form.
  ///
  /// @param name name of the part, and of the field it fills
  /// @param file whether it is a file
  /// @param required whether it must be there
  public record Part(String name, boolean file, boolean required) {}

  /// File `trace_file`; `confidence_level` and `format` as a field of the form or of the query, the
  /// form first.
  private static Message table(ServiceRequestContext ctx, AggregatedMultipart form) {
    PredictTableRequest.Builder request =
        PredictTableRequest.newBuilder()
            .setModelType(path(ctx, "model_type"))
            .setModelName(path(ctx, "model_name"))
            .setHardware(path(ctx, "hardware"))
            .setSoftwareName(path(ctx, "software_name"))
            .setSoftwareVersion(path(ctx, "software_version"))
            .setTraceFile(Upload.required(form, TRACE_FILE));
    fileName(form).ifPresent(request::setFileName);
    try {
      for (String name : List.of(CONFIDENCE, FORMAT)) {
        FieldDescriptor field = PredictTableRequest.getDescriptor().findFieldByName(name);
        Optional<String> inForm = text(form, name);
        Optional<String> given = inForm.or(() -> Optional.ofNullable(ctx.queryParam(name)));
        if (given.isPresent()) {
          request.mergeFrom(single(field, given.get(), inForm.isPresent() ? "body" : "query"));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the codec wrote what protobuf cannot read", e);
    }
    return request.build();
  }

  /// File or field `config`, a JSON text; and perhaps a file `trace_file`.
  private static Message training(ServiceRequestContext ctx, AggregatedMultipart form) {
    ByteString config = Upload.required(form, "config");
    if (!config.isValidUtf8() || !JsonValues.isJson(config.toStringUtf8())) {
      throw new InvalidRequestException(
          List.of(
              Fault.in("body", List.of("config"), "json_invalid", "config is not a JSON text")));
    }
    TrainRequest.Builder request =
        TrainRequest.newBuilder().setConfig(JsonValues.of(config.toStringUtf8()));
    AggregatedBodyPart samples = form.field(TRACE_FILE);
    if (samples != null) {
      request.setTraceFile(ByteString.copyFrom(samples.content().array()));
    }
    fileName(form).ifPresent(request::setFileName);
    return request.build();
  }

  private static byte[] single(FieldDescriptor field, String value, String part) {
    try {
      return JsonCodec.of(field.getContainingType()).fieldToWire(field, value);
    } catch (JsonRejectedException e) {
      throw new InvalidRequestException(
          e.violations().stream()
              .map(v -> Fault.in(part, v.path(), v.type(), v.message()))
              .toList());
    }
  }

  private static Optional<String> text(AggregatedMultipart form, String name) {
    return Optional.ofNullable(form.field(name))
        .map(part -> part.content().toString(StandardCharsets.UTF_8));
  }

  private static Optional<String> fileName(AggregatedMultipart form) {
    return Optional.ofNullable(form.field(TRACE_FILE)).map(AggregatedBodyPart::filename);
  }

  private static String path(ServiceRequestContext ctx, String name) {
    Map<String, String> values = ctx.pathParams();
    return values.getOrDefault(name, "");
  }
}
