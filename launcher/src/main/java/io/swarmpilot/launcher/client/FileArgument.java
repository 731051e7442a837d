package io.swarmpilot.launcher.client;

import com.google.protobuf.ByteString;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file given on the command line by its path, or as `-` for standard input.
final class FileArgument {
  private static final int MAX_BYTES = 64 << 20;

  private FileArgument() {}

  static ByteString read(String option, String path) {
    try (InputStream in = path.equals("-") ? System.in : Files.newInputStream(Path.of(path))) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new CommandFailure(
            option + ": " + path + " has more than " + (MAX_BYTES >> 20) + " MiB");
      }
      return ByteString.copyFrom(content);
    } catch (IOException e) {
      throw new CommandFailure(option + ": " + path + " cannot be read", e);
    }
  }

  /// The name of the file; "" for standard input.
  static String name(String path) {
    return path.equals("-") ? "" : String.valueOf(Path.of(path).getFileName());
  }
}
