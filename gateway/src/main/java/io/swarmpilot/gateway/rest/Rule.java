package io.swarmpilot.gateway.rest;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.linecorp.armeria.common.HttpMethod;
import io.swarmpilot.proto.common.v1.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One REST operation as the descriptors define it: a verb and path for an RPC.
///
/// @param verb HTTP method
/// @param path where
/// @param method the RPC
/// @param hasBody whether the JSON body is the request; otherwise the query is
/// @param answerField field of the response that is the answer; null when all of it is
public record Rule(
    HttpMethod verb,
    PathTemplate path,
    MethodDescriptor method,
    boolean hasBody,
    @Nullable FieldDescriptor answerField) {

  /// Every operation of a service, in the order of its RPCs.
  public static List<Rule> of(ServiceDescriptor service) {
    List<Rule> rules = new ArrayList<>();
    for (MethodDescriptor method : service.getMethods()) {
      if (method.getOptions().hasExtension(AnnotationsProto.http)) {
        HttpRule main = method.getOptions().getExtension(AnnotationsProto.http);
        rules.add(of(method, main));
        main.getAdditionalBindingsList().forEach(more -> rules.add(of(method, more)));
      }
    }
    return List.copyOf(rules);
  }

  /// How long the answer may be held back by design, ms; 0 for an RPC that answers when it can.
  public int longestWaitMs() {
    return method.getOptions().getExtension(Json.longestWaitMs);
  }

  /// The same operation below a path prefix.
  public Rule under(String prefix) {
    return new Rule(verb, path.under(prefix), method, hasBody, answerField);
  }

  private static Rule of(MethodDescriptor method, HttpRule rule) {
    HttpMethod verb =
        switch (rule.getPatternCase()) {
          case GET -> HttpMethod.GET;
          case PUT -> HttpMethod.PUT;
          case POST -> HttpMethod.POST;
          case DELETE -> HttpMethod.DELETE;
          case PATCH -> HttpMethod.PATCH;
          case CUSTOM, PATTERN_NOT_SET ->
              throw new IllegalArgumentException("no HTTP verb for " + method.getFullName());
        };
    String path =
        switch (verb) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          default -> rule.getPatch();
        };
    if (!rule.getBody().isEmpty() && !rule.getBody().equals("*")) {
      throw new IllegalArgumentException("only body \"*\" is bound, at " + method.getFullName());
    }
    return new Rule(
        verb,
        PathTemplate.parse(path),
        method,
        !rule.getBody().isEmpty(),
        answerField(method, rule));
  }

  private static @Nullable FieldDescriptor answerField(MethodDescriptor method, HttpRule rule) {
    if (rule.getResponseBody().isEmpty()) {
      return null;
    }
    FieldDescriptor field = method.getOutputType().findFieldByName(rule.getResponseBody());
    if (field == null) {
      throw new IllegalArgumentException("unknown response_body at " + method.getFullName());
    }
    return field;
  }
}
