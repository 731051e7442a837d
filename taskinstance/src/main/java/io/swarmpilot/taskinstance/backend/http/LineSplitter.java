package io.swarmpilot.taskinstance.backend.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Cuts bytes into lines of UTF-8, wherever they were cut before: within a line, a character or a
/// CRLF. A line ends with LF, CR or CRLF.
public final class LineSplitter {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean afterReturn;

  /// The lines that these bytes complete, without their ends.
  public List<String> split(byte[] bytes, int length) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < length; i++) {
      byte b = bytes[i];
      // Neither byte occurs inside a character of several bytes.
      if (b == '\n' || b == '\r') {
        if (b == '\r' || !afterReturn) {
          line.write(bytes, start, i - start);
          lines.add(take());
        }
        start = i + 1;
      }
      afterReturn = b == '\r';
    }
    line.write(bytes, start, length - start);
    return lines;
  }

  /// What follows the last end of a line; "" when nothing does.
  public String rest() {
    return take();
  }

  private String take() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return text;
  }
}
