package io.swarmpilot.taskinstance.backend.onnx.audio;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// How the bytes of a sound are meant.
public enum SoundFormat {
  /// A WAV file, which tells the rest itself.
  WAV,
  /// Samples of one channel, 16-bit integers, little-endian.
  PCM_S16LE,
  /// Samples of one channel, 32-bit floats from -1 to 1, little-endian.
  PCM_F32LE;

  /// The format of that name, in small letters.
  public static Optional<SoundFormat> named(String name) {
    return Arrays.stream(values()).filter(format -> format.wireName().equals(name)).findFirst();
  }

  /// Every name.
  public static String names() {
    return Arrays.stream(values()).map(SoundFormat::wireName).collect(Collectors.joining(", "));
  }

  private String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
