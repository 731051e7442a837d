package io.swarmpilot.predictor.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that fails with [TooLarge] instead of giving more than a number of bytes.
final class BoundedStream extends FilterInputStream {
  private long left;

  BoundedStream(InputStream in, long maxBytes) {
    super(in);
    this.left = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(0, count));
    return count;
  }

  private void count(int bytes) throws TooLarge {
    left -= bytes;
    if (left < 0) {
      throw new TooLarge();
    }
  }
}
