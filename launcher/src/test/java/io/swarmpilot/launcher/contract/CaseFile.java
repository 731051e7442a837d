package io.swarmpilot.launcher.contract;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The scenarios of one subject, as they stand in `contract/<name>.json`.
///
/// @param name name of the file
/// @param mesh setup of the mesh that its scenarios share; absent: the standard one
/// @param scenarios the scenarios
record CaseFile(@Nullable String name, @Nullable MeshSetup mesh, List<Scenario> scenarios) {
  /// The setup of the shared mesh.
  MeshSetup setup() {
    return mesh == null ? MeshSetup.STANDARD : mesh;
  }

  /// Every case file, in order of name.
  static ImmutableList<CaseFile> all() {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(CaseFile::read)
          .collect(ImmutableList.toImmutableList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The directory of the cases.
  static Path directory() {
    try {
      return Path.of(Objects.requireNonNull(CaseFile.class.getResource("/contract")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CaseFile read(Path file) {
    try {
      CaseFile cases = Json.MAPPER.readValue(Files.readAllBytes(file), CaseFile.class);
      String name = String.valueOf(file.getFileName()).replace(".json", "");
      return new CaseFile(name, cases.mesh(), cases.scenarios());
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /// Every step of the file.
  Stream<Step> steps() {
    return scenarios.stream().flatMap(scenario -> scenario.steps().stream());
  }
}
