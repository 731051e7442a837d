package io.swarmpilot.taskinstance.weights;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Whether files are what they should be.
final class Checksum {
  private Checksum() {}

  /// Whether the archive has size and checksum of the package.
  static boolean matches(Path archive, WeightPackage wanted) throws IOException {
    return Files.isRegularFile(archive)
        && Files.size(archive) == wanted.bytes()
        && Base64.getEncoder()
            .encodeToString(hash(archive, Hashing.sha512()))
            .equals(wanted.sha512());
  }

  /// Whether the file in this directory has the size and checksum it should have.
  static boolean matches(Path directory, WeightFile wanted) throws IOException {
    Path file = directory.resolve(wanted.name());
    return Files.isRegularFile(file)
        && Files.size(file) == wanted.bytes()
        && MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString().equals(wanted.sha256());
  }

  private static byte[] hash(Path file, HashFunction function) throws IOException {
    return MoreFiles.asByteSource(file).hash(function).asBytes();
  }
}
