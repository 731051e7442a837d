package io.swarmpilot.launcher.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of a scenario.
///
/// @param role who is asked (see [Call])
/// @param method HTTP method, or `RPC`; `GET` unless given
/// @param path path with query
/// @param headers headers to send
/// @param body JSON body
/// @param raw body as text, sent as it is
/// @param repeat long body, written short
/// @param form parts of a multipart body
/// @param expect what the answer has to be
/// @param save values to keep, by name: JSON pointers into the body
/// @param until repeat the call until the answer is as expected, for at most so many ms
/// @param times how often to make the call; with more than one, saved values are arrays
/// @param concurrency how many of them at a time; 1 unless given
/// @param forEach name of a saved array: one call for each element, which is `${item}`
/// @param distinct JSON pointers whose values must differ over all answers of the step
/// @param spread for a JSON pointer, how many distinct values there must be over all answers of the
///   step and how often each at least: `[values, least]`
/// @param transports transports that make the call; every one unless given
record Step(
    String role,
    @Nullable String method,
    String path,
    Map<String, String> headers,
    @Nullable JsonNode body,
    @Nullable String raw,
    @Nullable Repeat repeat,
    List<Part> form,
    Expectation expect,
    Map<String, String> save,
    @Nullable Long until,
    @Nullable Integer times,
    @Nullable Integer concurrency,
    @JsonProperty("for_each") @Nullable String forEach,
    List<String> distinct,
    Map<String, List<Integer>> spread,
    List<String> transports) {
  /// Puts empty collections where a case says nothing.
  Step {
    headers = headers == null ? ImmutableMap.of() : headers;
    form = form == null ? List.of() : form;
    expect = expect == null ? Expectation.OK : expect;
    save = save == null ? ImmutableMap.of() : save;
    distinct = distinct == null ? List.of() : distinct;
    spread = spread == null ? ImmutableMap.of() : spread;
    transports = transports == null ? Scenario.ALL_TRANSPORTS : transports;
  }

  /// HTTP method, or `RPC`.
  String verb() {
    return method == null ? "GET" : method;
  }

  /// Whether the step is for a transport.
  boolean isFor(String transport) {
    return transports.contains(transport);
  }

  /// A long text, written short.
  ///
  /// @param prefix what it begins with
  /// @param text what is repeated
  /// @param times how often
  /// @param then what follows, repeated as often
  /// @param suffix what it ends with
  record Repeat(
      @Nullable String prefix,
      String text,
      int times,
      @Nullable String then,
      @Nullable String suffix) {
    String build() {
      return orEmpty(prefix) + text.repeat(times) + orEmpty(then).repeat(times) + orEmpty(suffix);
    }

    private static String orEmpty(@Nullable String part) {
      return part == null ? "" : part;
    }
  }

  /// A part of a multipart body.
  ///
  /// @param name name of the field
  /// @param file name of the file, if it is one
  /// @param content text of the part
  record Part(String name, @Nullable String file, String content) {}
}
