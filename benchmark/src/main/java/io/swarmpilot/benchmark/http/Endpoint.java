package io.swarmpilot.benchmark.http;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a server is reached.
///
/// @param name as it was given, for messages
/// @param base its URL without a slash at the end
public record Endpoint(String name, String base) {
  private static final int MAX_LENGTH = 2_048;

  /// Reads `host`, `host:port` or a whole http URL.
  ///
  /// @param defaultPort port where none is said; 0 leaves the scheme's own
  /// @throws IllegalArgumentException when it is no address
  public static Endpoint parse(String text, int defaultPort) {
    String trimmed = text.strip();
    String whole = trimmed.contains("://") ? trimmed : "http://" + trimmed;
    try {
      URI url = new URI(whole);
      boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (!web || url.getHost() == null || whole.length() > MAX_LENGTH) {
        throw new IllegalArgumentException("'" + text + "' is not host:port or an http URL");
      }
      boolean bare = url.getPort() < 0 && defaultPort > 0 && !trimmed.contains("://");
      String base = bare ? whole + ":" + defaultPort : whole;
      return new Endpoint(
          trimmed, base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("'" + text + "' is not host:port or an http URL", e);
    }
  }

  /// The URL of a path, which begins with a slash.
  public URI path(String path) {
    return URI.create(base + path);
  }
}
