package io.swarmpilot.benchmark.logs;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// The first bytes of a file, by which one is told from another of the same name.
///
/// @param length how many, 0 to [#MAX_BYTES]
/// @param hash their FarmHash fingerprint
public record Head(int length, long hash) {
  /// Most bytes that are compared.
  public static final int MAX_BYTES = 256;

  static final Head EMPTY = of(ByteBuffer.allocate(0));

  /// The head of a file, shorter than asked for when the file is.
  static Head of(FileChannel file, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, bytes.position()) <= 0) {
        break;
      }
    }
    return of(bytes.flip());
  }

  private static Head of(ByteBuffer bytes) {
    int length = bytes.remaining();
    return new Head(length, Hashing.farmHashFingerprint64().hashBytes(bytes).asLong());
  }
}
