package io.swarmpilot.taskinstance.backend.process;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The records of the servers of an instance, a file for each in a folder.
///
/// @param folder where they are; made when the first one is written
record ServerRecords(Path folder) {
  private static final Logger log = LoggerFactory.getLogger(ServerRecords.class);
  private static final String SUFFIX = ".server.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  /// Writes a record, in place of an earlier one of the same server.
  void write(ServerRecord server) {
    try {
      Files.createDirectories(folder);
      Path draft = folder.resolve(server.mark() + ".draft");
      MAPPER.writeValue(draft.toFile(), server);
      Files.move(draft, file(server), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Forgets a server of which nothing is left.
  void remove(ServerRecord server) {
    remove(file(server));
  }

  /// Ends the servers of an instance that was killed.
  void buryOrphans() {
    for (Path file : files()) {
      try {
        ServerRecord server = MAPPER.readValue(file.toFile(), ServerRecord.class);
        if (!server.isOwned()) {
          log.warn("ending a server that an earlier run of this instance left, {}", server.pid());
          server.bury();
          remove(file);
        }
      } catch (IOException e) {
        log.warn("{} is no record of a server: {}", file, e.toString());
      }
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).toList();
    } catch (IOException e) {
      log.warn("cannot look for servers in {}: {}", folder, e.toString());
      return List.of();
    }
  }

  private Path file(ServerRecord server) {
    return folder.resolve(server.mark() + SUFFIX);
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("cannot remove {}: {}", file, e.toString());
    }
  }
}
