package io.swarmpilot.launcher.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an answer has to be.
///
/// @param status HTTP status; 200 unless given
/// @param reason reason of the `ErrorInfo`, where the call goes over gRPC
/// @param body shape of the body (see [Shape])
/// @param lines shapes of the lines of a stream, in order
/// @param keys members that must be present, `null` or not
/// @param exactKeys all members there may be
/// @param text fragments that must stand in the body as they are, byte for byte
/// @param notText fragments that must not
/// @param headers shapes of headers by lower-case name; `null` for one that must be absent
/// @param within longest time to the answer, ms; 3,000 unless given
record Expectation(
    @Nullable Integer status,
    @Nullable String reason,
    @Nullable JsonNode body,
    @Nullable List<JsonNode> lines,
    List<String> keys,
    @JsonProperty("exact_keys") @Nullable List<String> exactKeys,
    List<String> text,
    @JsonProperty("not_text") List<String> notText,
    Map<String, JsonNode> headers,
    @Nullable Integer within) {
  static final Expectation OK =
      new Expectation(
          null, null, null, null, List.of(), null, List.of(), List.of(), Map.of(), null);

  /// Puts empty collections where a case says nothing.
  Expectation {
    keys = keys == null ? ImmutableList.of() : keys;
    text = text == null ? ImmutableList.of() : text;
    notText = notText == null ? ImmutableList.of() : notText;
    headers = headers == null ? ImmutableMap.of() : headers;
  }
}
