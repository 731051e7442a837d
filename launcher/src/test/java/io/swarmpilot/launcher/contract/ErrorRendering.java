package io.swarmpilot.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.HttpStatuses;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A gRPC failure as the documented REST error, by the rules of the contract alone; and the check
/// that every failure is described the way the contract says.
final class ErrorRendering {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final Splitter SEGMENTS = Splitter.on('.');

  private ErrorRendering() {}

  static Answer render(StatusRuntimeException failure, Call call, Route route, long millis) {
    Status status = details(failure);
    ErrorInfo info = onlyErrorInfo(failure, status);
    ErrorReason reason = ErrorReason.valueOf(info.getReason());
    assertThat(reason.code()).as("code of %s", reason).isEqualTo(failure.getStatus().getCode());
    int http = reason == ErrorReason.MESSAGE_TOO_LARGE ? 413 : HttpStatuses.of(reason.code());
    return new Answer(
        http,
        headers(status),
        Json.write(body(status, info, http, call, route)),
        Optional.of(reason.name()),
        millis);
  }

  /// What grpc-java itself refuses, before any service of ours sees it.
  static Answer renderPlain(StatusRuntimeException failure, long millis) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("detail", String.valueOf(failure.getStatus().getDescription()));
    return new Answer(
        HttpStatuses.of(failure.getStatus().getCode()),
        ImmutableMap.of(),
        Json.write(body),
        Optional.empty(),
        millis);
  }

  /// Whether the failure carries details, as every one of ours does.
  static boolean isDescribed(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    return trailers != null && trailers.containsKey(DETAILS);
  }

  private static ObjectNode body(Status status, ErrorInfo info, int http, Call call, Route route) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    info.getMetadataMap().forEach(body::put);
    Optional<BadRequest> bad = detail(status, BadRequest.getDefaultInstance());
    body.set("detail", bad.map(b -> violations(b, call, route)).orElseGet(() -> text(status)));
    if (http == 503 && route.template().equals("/queue/submit")) {
      body.put("status", "error").put("message", status.getMessage());
      body.put("task_id", "").put("scheduled_ti", "");
    }
    return body;
  }

  private static JsonNode text(Status status) {
    return JsonNodeFactory.instance.textNode(status.getMessage());
  }

  private static JsonNode violations(BadRequest request, Call call, Route route) {
    ImmutableMap<String, String> path =
        route.match(call.method(), call.pathOnly()).orElse(ImmutableMap.of());
    ArrayNode violations = JsonNodeFactory.instance.arrayNode();
    for (BadRequest.FieldViolation violation : request.getFieldViolationsList()) {
      List<String> names = SEGMENTS.splitToList(violation.getField());
      ArrayNode loc = JsonNodeFactory.instance.arrayNode();
      loc.add(RequestBinding.origin(call, path, names.getFirst()));
      names.forEach(name -> segment(loc, name));
      violations
          .addObject()
          .put("type", violation.getReason())
          .put("msg", violation.getDescription())
          .set("loc", loc);
    }
    return violations;
  }

  /// `tasks[2]` is two steps of a location: the name and the position.
  private static void segment(ArrayNode loc, String name) {
    int bracket = name.indexOf('[');
    if (bracket < 0) {
      loc.add(name);
      return;
    }
    loc.add(name.substring(0, bracket));
    loc.add(Integer.parseInt(name.substring(bracket + 1, name.length() - 1)));
  }

  private static ImmutableMap<String, String> headers(Status status) {
    return detail(status, RetryInfo.getDefaultInstance())
        .map(retry -> {
          long seconds = Math.max(1, retry.getRetryDelay().getSeconds());
          return ImmutableMap.of("retry-after", Long.toString(seconds));
        })
        .orElse(ImmutableMap.of());
  }

  private static ErrorInfo onlyErrorInfo(StatusRuntimeException failure, Status status) {
    assertThat(status.getDetailsList().stream().filter(any -> any.is(ErrorInfo.class)))
        .as("ErrorInfo of %s", failure)
        .hasSize(1);
    ErrorInfo info = detail(status, ErrorInfo.getDefaultInstance()).orElseThrow();
    assertThat(info.getDomain()).isEqualTo(ErrorMapping.DOMAIN);
    return info;
  }

  private static Status details(StatusRuntimeException failure) {
    try {
      Metadata trailers = Objects.requireNonNull(failure.getTrailers());
      return Status.parseFrom(Objects.requireNonNull(trailers.get(DETAILS)));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("details of " + failure, e);
    }
  }

  private static <M extends Message> Optional<M> detail(Status status, M prototype) {
    return status.getDetailsList().stream()
        .filter(any -> any.is(prototype.getClass()))
        .findFirst()
        .map(any -> unpack(any, prototype));
  }

  @SuppressWarnings("unchecked")
  private static <M extends Message> M unpack(Any any, M prototype) {
    try {
      return (M) any.unpack(prototype.getClass());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("detail " + any.getTypeUrl(), e);
    }
  }
}
