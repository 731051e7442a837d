package io.swarmpilot.benchmark.http;

/// What became of a call.
public sealed interface Reply {
  /// The server answered.
  ///
  /// @param status HTTP status
  /// @param body its body
  record Answered(int status, String body) implements Reply {
    /// Whether the status says that all is well.
    public boolean isOk() {
      return status >= 200 && status < 300;
    }
  }

  /// The server did not answer.
  ///
  /// @param timedOut whether it took too long, rather than could not be reached
  /// @param why a phrase for people
  record Failed(boolean timedOut, String why) implements Reply {}

  /// What to tell people of a call that did not go well.
  default String problem() {
    return switch (this) {
      case Answered answered -> "answered HTTP " + answered.status() + excerpt(answered.body());
      case Failed failed -> failed.why();
    };
  }

  private static String excerpt(String body) {
    String line = body.strip().lines().findFirst().orElse("");
    return line.isEmpty() ? "" : ": " + (line.length() > 300 ? line.substring(0, 300) + "…" : line);
  }
}
