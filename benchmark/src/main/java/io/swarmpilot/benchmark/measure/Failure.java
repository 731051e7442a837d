package io.swarmpilot.benchmark.measure;

/// How a request failed.
///
/// @param kind the class of the failure
/// @param status HTTP status of the answer, 0 when there was none or it is not the cause
/// @param message what the server or the connection said, in at most 200 characters
public record Failure(Kind kind, int status, String message) {
  private static final int MOST_CHARACTERS = 200;

  /// Keeps the message short.
  public Failure {
    message =
        message.length() > MOST_CHARACTERS ? message.substring(0, MOST_CHARACTERS) + "…" : message;
  }

  /// A failure without a status.
  public static Failure of(Kind kind, String message) {
    return new Failure(kind, 0, message);
  }

  /// An answer that refuses.
  public static Failure status(int status, String message) {
    return new Failure(Kind.STATUS, status, message);
  }

  /// The class under which it is counted: `connect`, `http_503`, ….
  public String label() {
    return kind == Kind.STATUS ? "http_" + status : kind.key;
  }

  /// Classes of failures.
  public enum Kind {
    /// No connection was had.
    CONNECT("connect"),
    /// No complete answer within the time of a request.
    TIMEOUT("timeout"),
    /// The server answered with a status other than 2xx.
    STATUS("http"),
    /// The connection broke, or the stream ended, before the answer was complete.
    TRUNCATED("truncated"),
    /// The server reported an error inside an answer that began well.
    IN_STREAM("in_stream"),
    /// The answer held no output, or none that can be read.
    EMPTY("empty"),
    /// It was due and never sent: as many as may be were in flight until the end.
    DROPPED("dropped"),
    /// It was under way when somebody stopped the run.
    CUT("cut");

    private final String key;

    Kind(String key) {
      this.key = key;
    }
  }
}
