package io.swarmpilot.benchmark.logs;

import java.util.Set;
import java.util.regex.Pattern;

/// Something that writes a log (seed "LogSource").
///
/// @param node name of the host
/// @param component what runs there: "server", "client" or "monitor"
/// @param containerName name of the container, or "" when it runs in none
public record LogSource(String node, String component, String containerName) {
  private static final Set<String> COMPONENTS = Set.of("server", "client", "monitor");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._:-]{0,252})");

  /// Checks the names: they become names of files.
  ///
  /// @throws IllegalArgumentException naming the field
  public LogSource {
    if (!HOST.matcher(node).matches()) {
      throw new IllegalArgumentException("node: '" + node + "' is no name of a host");
    }
    if (!COMPONENTS.contains(component)) {
      throw new IllegalArgumentException(
          "component: must be server, client or monitor, not '" + component + "'");
    }
  }

  /// The file it writes to, without directory: `container_NODE` of a server, `client_NODE`,
  /// `monitor_NODE`.
  ///
  /// @param stream which of its two streams
  public String fileName(Stream stream) {
    String prefix = component.equals("server") ? "container" : component;
    return prefix + "_" + node.replace(':', '_') + stream.suffix;
  }

  /// What a process writes to.
  public enum Stream {
    /// Standard output, in `.log`.
    STDOUT(".log"),
    /// Standard error, in `.err`.
    STDERR(".err");

    private final String suffix;

    Stream(String suffix) {
      this.suffix = suffix;
    }
  }
}
