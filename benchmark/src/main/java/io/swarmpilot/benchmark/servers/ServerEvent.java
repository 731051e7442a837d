package io.swarmpilot.benchmark.servers;

/// Something that happened at a server while it was checked or prepared.
///
/// @param kind what sort of event
/// @param endpoint the server, as it was named
/// @param text what happened, a phrase
public record ServerEvent(Kind kind, String endpoint, String text) {
  /// Sorts of events.
  public enum Kind {
    /// It is getting on.
    PROGRESS,
    /// It is why the answer was no.
    PROBLEM
  }

  @Override
  public String toString() {
    return endpoint + " " + text;
  }
}
