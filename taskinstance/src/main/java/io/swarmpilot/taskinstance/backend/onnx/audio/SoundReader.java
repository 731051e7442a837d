package io.swarmpilot.taskinstance.backend.onnx.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/// Makes bytes into a [Sound]: reads WAV, mixes channels into one, changes the sampling rate.
public final class SoundReader {
  /// The lowest and highest sampling rate that is understood, samples a second.
  public static final int MIN_RATE = 4_000;

  /// See [#MIN_RATE].
  public static final int MAX_RATE = 96_000;

  private static final int MAX_CHANNELS = 16;
  private static final int WAV_HEADER = 12;

  // A windowed sinc: what lies above the new rate's half is filtered out rather than folded back.
  private static final AudioFormat WANTED =
      new AudioFormat(
          Encoding.PCM_FLOAT,
          Sound.RATE,
          Float.SIZE,
          1,
          Float.BYTES,
          Sound.RATE,
          false,
          Map.of("interpolation", "sinc"));

  private SoundReader() {}

  /// Reads a sound of at most `maxSeconds`.
  ///
  /// @param rate samples a second of a format that does not tell, [#MIN_RATE] to [#MAX_RATE]
  public static Sound read(byte[] bytes, SoundFormat format, int rate, double maxSeconds)
      throws SoundException {
    try (AudioInputStream encoded = open(bytes, format, rate)) {
      check(encoded.getFormat());
      int limit = (int) Math.ceil(maxSeconds * Sound.RATE) * Float.BYTES;
      byte[] samples;
      try (AudioInputStream wanted = AudioSystem.getAudioInputStream(WANTED, encoded)) {
        samples = wanted.readNBytes(limit + Float.BYTES);
      }
      if (samples.length > limit) {
        throw new SoundException("is longer than " + maxSeconds + " s");
      }
      return new Sound(samples);
    } catch (UnsupportedAudioFileException | IOException | IllegalArgumentException e) {
      throw new SoundException("is not a WAV file with uncompressed samples");
    }
  }

  private static AudioInputStream open(byte[] bytes, SoundFormat format, int rate)
      throws SoundException, UnsupportedAudioFileException, IOException {
    return switch (format) {
      case WAV -> {
        // Other kinds of files would be understood too, among them music to be synthesised.
        if (!isWav(bytes)) {
          throw new SoundException("does not begin like a WAV file");
        }
        yield AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes));
      }
      case PCM_S16LE -> raw(bytes, Encoding.PCM_SIGNED, Short.BYTES, rate);
      case PCM_F32LE -> raw(bytes, Encoding.PCM_FLOAT, Float.BYTES, rate);
    };
  }

  private static AudioInputStream raw(byte[] bytes, Encoding encoding, int width, int rate) {
    AudioFormat format = new AudioFormat(encoding, rate, width * Byte.SIZE, 1, width, rate, false);
    return new AudioInputStream(new ByteArrayInputStream(bytes), format, bytes.length / width);
  }

  private static boolean isWav(byte[] bytes) {
    return bytes.length >= WAV_HEADER
        && new String(bytes, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
        && new String(bytes, 8, 4, StandardCharsets.ISO_8859_1).equals("WAVE");
  }

  private static void check(AudioFormat format) throws SoundException {
    if (!(format.getSampleRate() >= MIN_RATE && format.getSampleRate() <= MAX_RATE)) {
      throw new SoundException("must have " + MIN_RATE + " to " + MAX_RATE + " samples a second");
    }
    if (format.getChannels() < 1 || format.getChannels() > MAX_CHANNELS) {
      throw new SoundException("must have 1 to " + MAX_CHANNELS + " channels");
    }
  }
}
