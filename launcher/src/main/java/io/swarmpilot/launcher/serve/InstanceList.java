package io.swarmpilot.launcher.serve;

import io.swarmpilot.client.Endpoint;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// A YAML file with task instances: `instances:` as a list of `{host, port[, model_name]}` or of
/// URLs.
final class InstanceList {
  private InstanceList() {}

  /// Reads a file.
  ///
  /// @throws CommandFailure when it is not of that form
  static List<Entry> read(Path file) {
    Object tree;
    try {
      tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException | YAMLException e) {
      throw new CommandFailure(
          "--instances-file " + file + " cannot be read: " + e.getMessage(), e);
    }
    if (!(tree instanceof Map<?, ?> root) || !(root.get("instances") instanceof List<?> list)) {
      throw new CommandFailure("--instances-file " + file + " has no list `instances:`");
    }
    try {
      return list.stream().map(InstanceList::entry).toList();
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--instances-file " + file + ": " + e.getMessage(), e);
    }
  }

  private static Entry entry(@Nullable Object item) {
    return switch (item) {
      case String url -> {
        Endpoint endpoint = Endpoint.parse(url);
        yield new Entry(endpoint.host(), endpoint.port(), Optional.empty());
      }
      case Map<?, ?> map
          when map.get("host") instanceof String host && map.get("port") instanceof Integer port ->
          new Entry(host, port, Optional.ofNullable(map.get("model_name")).map(Object::toString));
      case null, default ->
          throw new IllegalArgumentException(
              "an instance is {host, port[, model_name]} or a URL, not " + item);
    };
  }

  /// An instance to register.
  ///
  /// @param host host
  /// @param port REST or gRPC port
  /// @param modelName model it is meant for
  record Entry(String host, int port, Optional<String> modelName) {}
}
