package io.swarmpilot.predictor.file;

import com.google.common.io.ByteStreams;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// The content of a file that may be compressed: the content tells.
public final class PlainContent {
  private static final int PEEK = 64;
  private static final int GZIP_MAGIC = 0x1f8b;

  private PlainContent() {}

  /// The content, decompressed. Supports marks; fails with [TooLarge] beyond `maxBytes`.
  ///
  /// @throws IOException when it starts like gzip and is not
  public static InputStream of(InputStream file, long maxBytes) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(file);
    raw.mark(2);
    int magic = raw.read() << 8 | raw.read();
    raw.reset();
    InputStream plain = magic == GZIP_MAGIC ? new GZIPInputStream(raw) : raw;
    return new BufferedInputStream(new BoundedStream(plain, maxBytes));
  }

  /// The first character that is no white space or byte order mark; 0 when there is none. Leaves
  /// the stream where it was.
  public static char first(InputStream content) throws IOException {
    content.mark(PEEK);
    byte[] head = new byte[PEEK];
    int length = ByteStreams.read(content, head, 0, PEEK);
    content.reset();
    for (int i = 0; i < length; i++) {
      if (head[i] > ' ') {
        return (char) head[i];
      }
    }
    return 0;
  }
}
