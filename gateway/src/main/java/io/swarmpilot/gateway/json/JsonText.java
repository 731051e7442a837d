package io.swarmpilot.gateway.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.base.Utf8;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.util.List;

/// JSON as bytes: the bounds it is read within and how its faults are told.
final class JsonText {
  /// Where Jackson's sentences turn to its own settings and internals.
  private static final List<String> INTERNALS = List.of(", from `", " (start marker", ": enable `");

  private static final int ENCODING_SAMPLE = 4;

  private JsonText() {}

  static JsonParser parser(byte[] json) throws IOException {
    return JsonValues.FACTORY.createParser(json);
  }

  /// Refuses text that is not UTF-8. Jackson would guess UTF-16 and UTF-32 from zero bytes at the
  /// start, and opaque parts are copied as bytes.
  static void requireUtf8(byte[] json) {
    boolean wide = false;
    for (int i = 0; i < Math.min(ENCODING_SAMPLE, json.length); i++) {
      wide |= json[i] == 0;
    }
    if (wide || !Utf8.isWellFormed(json)) {
      throw rejected(0, "body is not UTF-8");
    }
  }

  static JsonRejectedException trailing(JsonParser parser) {
    return rejected(parser.currentTokenLocation().getByteOffset(), "Extra data");
  }

  static JsonRejectedException malformed(IOException fault) {
    if (!(fault instanceof JsonProcessingException syntax)) {
      throw new IllegalStateException("reading from memory failed", fault);
    }
    JsonLocation location = syntax.getLocation();
    long offset = location == null ? 0 : Math.max(0, location.getByteOffset());
    return rejected(offset, sentence(String.valueOf(syntax.getOriginalMessage())));
  }

  private static JsonRejectedException rejected(long offset, String fault) {
    Integer at = (int) Math.min(offset, Integer.MAX_VALUE);
    return new JsonRejectedException(
        List.of(new JsonViolation(List.of(at), "json_invalid", "JSON decode error: " + fault)));
  }

  private static String sentence(String message) {
    String told = message;
    for (String mark : INTERNALS) {
      int at = told.indexOf(mark);
      if (at >= 0) {
        told = told.substring(0, at) + (mark.startsWith(",") ? ")" : "");
      }
    }
    return told;
  }
}
