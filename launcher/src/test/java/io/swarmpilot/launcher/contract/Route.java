package io.swarmpilot.launcher.contract;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One REST binding of a gRPC method.
///
/// @param verb HTTP method
/// @param template path with `{field}` for a segment that is a field
/// @param method method it calls
/// @param wholeBody whether the body is the request message
/// @param answerField field that the answer's body is; absent means the whole message
record Route(
    String verb,
    String template,
    MethodDescriptor method,
    boolean wholeBody,
    Optional<FieldDescriptor> answerField) {
  private static final Splitter SEGMENTS = Splitter.on('/');

  /// The fields given in a path, decoded; empty when the path is not of this route.
  Optional<ImmutableMap<String, String>> match(String verb, String path) {
    List<String> expected = SEGMENTS.splitToList(template);
    List<String> actual = SEGMENTS.splitToList(path);
    if (!this.verb.equals(verb) || expected.size() != actual.size()) {
      return Optional.empty();
    }
    ImmutableMap.Builder<String, String> fields = ImmutableMap.builder();
    for (int i = 0; i < expected.size(); i++) {
      String segment = expected.get(i);
      if (segment.startsWith("{")) {
        fields.put(segment.substring(1, segment.length() - 1), decode(actual.get(i)));
      } else if (!segment.equals(actual.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(fields.buildOrThrow());
  }

  /// How many segments are fields; of two matching routes the one with fewer is meant.
  long fieldCount() {
    return SEGMENTS.splitToStream(template).filter(s -> s.startsWith("{")).count();
  }

  @Override
  public String toString() {
    return method.getService().getName() + " " + verb + " " + template;
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
