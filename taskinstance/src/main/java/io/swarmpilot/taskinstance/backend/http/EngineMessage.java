package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/// What an engine says when it fails, in the forms that engines use.
public final class EngineMessage {
  private static final int MAX_LENGTH = 500;
  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\s]+");

  private EngineMessage() {}

  /// The sentence in a body: of `{"error": {"message": …}}`, `{"error": "…"}`, `{"message": …}`,
  /// `{"detail": …}`, else the body itself; cut to 500 characters, on one line.
  public static String in(String body) {
    return EngineJson.parse(body).map(EngineMessage::in).orElseGet(() -> line(body));
  }

  /// The sentence in an object, as in [#in(String)], or in a value that is a sentence already.
  public static String in(JsonNode value) {
    if (value.isTextual()) {
      return line(value.textValue());
    }
    for (String name : new String[] {"error", "message", "detail", "msg"}) {
      JsonNode inner = value.path(name);
      JsonNode first = inner.isArray() ? inner.path(0) : inner;
      if (first.isTextual() || first.isObject()) {
        return in(first);
      }
    }
    return line(EngineJson.write(value));
  }

  private static String line(String text) {
    String cut = text.length() > 4 * MAX_LENGTH ? text.substring(0, 4 * MAX_LENGTH) : text;
    String line = BREAKS.matcher(cut).replaceAll(" ").strip();
    return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line;
  }
}
