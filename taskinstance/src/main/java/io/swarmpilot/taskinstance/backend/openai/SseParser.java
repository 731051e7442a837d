package io.swarmpilot.taskinstance.backend.openai;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Server-sent events, from lines to the data of events. Comments, which servers send to keep a
/// connection open, and fields other than `data` are passed over.
public final class SseParser {
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private @Nullable StringBuilder data;
  private boolean started;

  /// The data of the event that this line ends, if it ends one.
  public Optional<String> line(String line) {
    String text = !started && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    started = true;
    if (text.isEmpty()) {
      return end();
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    if (field.equals("data")) {
      append(colon < 0 ? "" : value(text, colon + 1));
    }
    return Optional.empty();
  }

  /// The data of the event that was begun and that nothing follows, if one was.
  public Optional<String> end() {
    Optional<String> event = Optional.ofNullable(data).map(StringBuilder::toString);
    data = null;
    return event;
  }

  private void append(String value) {
    StringBuilder begun = data;
    if (begun == null) {
      data = new StringBuilder(value);
    } else {
      begun.append('\n').append(value);
    }
  }

  private static String value(String line, int from) {
    return line.substring(line.startsWith(" ", from) ? from + 1 : from);
  }
}
