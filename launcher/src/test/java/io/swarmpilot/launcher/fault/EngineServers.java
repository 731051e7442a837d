package io.swarmpilot.launcher.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The servers that an instance has started for its replicas.
///
/// @param records where the instance writes them down
record EngineServers(Path records) {
  /// Those of an instance of a mesh in this directory.
  static EngineServers of(Path directory, String instance) {
    return new EngineServers(directory.resolve(".swarmpilot/engines").resolve(instance));
  }

  /// Those that live.
  List<ProcessHandle> living() throws IOException {
    if (!Files.isDirectory(records)) {
      return List.of();
    }
    List<ProcessHandle> servers = new ArrayList<>();
    try (Stream<Path> files = Files.list(records)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".server.json")).toList()) {
        JsonNode server = new JsonMapper().readTree(file.toFile());
        ProcessHandle.of(server.path("pid").asLong())
            .filter(ProcessHandle::isAlive)
            .ifPresent(servers::add);
      }
    }
    return servers;
  }
}
