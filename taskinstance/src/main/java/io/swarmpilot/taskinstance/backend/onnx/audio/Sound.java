package io.swarmpilot.taskinstance.backend.onnx.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/// One channel of samples from -1 to 1, taken [#RATE] times a second.
public final class Sound {
  /// Samples a second.
  public static final int RATE = 16_000;

  private final ByteBuffer bytes;

  /// The samples in these bytes: 32-bit floats, little-endian.
  Sound(byte[] bytes) {
    this.bytes = ByteBuffer.allocateDirect(bytes.length - bytes.length % Float.BYTES);
    this.bytes.order(ByteOrder.LITTLE_ENDIAN).put(0, bytes, 0, this.bytes.capacity());
  }

  /// How many samples there are.
  public int length() {
    return bytes.capacity() / Float.BYTES;
  }

  /// How long it takes to play, s.
  public double seconds() {
    return (double) length() / RATE;
  }

  /// The samples, in native memory.
  public FloatBuffer samples() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }
}
