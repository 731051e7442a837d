package io.swarmpilot.taskinstance.backend.onnx.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SoundReaderTest {
  private static final double MINUTE = 60;

  @ParameterizedTest
  @CsvSource({
    "16000, 16, 1",
    "16000, 8, 1",
    "16000, 24, 2",
    "16000, 32, 1",
    "8000, 16, 1",
    "44100, 16, 2",
    "48000, 16, 6",
    "96000, 16, 1",
    "22050, 16, 1"
  })
  void keepsAToneWhateverTheFile(int rate, int bits, int channels)
      throws IOException, SoundException {
    Sound sound = SoundReader.read(tone(400, rate, bits, channels), SoundFormat.WAV, 1, MINUTE);

    assertThat(sound.seconds()).isCloseTo(1, within(0.01));
    assertThat(loudnessAt(400, sound)).isCloseTo(0.5, within(0.02));
    assertThat(loudnessAt(1_000, sound)).isLessThan(0.02);
  }

  @Test
  void doesNotFoldHighTonesIntoLowOnes() throws IOException, SoundException {
    Sound sound = SoundReader.read(tone(13_000, 48_000, 16, 1), SoundFormat.WAV, 1, MINUTE);

    assertThat(loudnessAt(3_000, sound)).isLessThan(0.02);
  }

  @Test
  void readsSamplesWithoutAFile() throws SoundException {
    byte[] integers = {0, 0x40, 0, 0, 0, (byte) 0x80};
    byte[] floats = {0, 0, 0, 0x3F, 0, 0, 0, 0, 0, 0, (byte) 0x80, (byte) 0xBF};

    assertThat(samples(integers, SoundFormat.PCM_S16LE))
        .containsExactly(new float[] {0.5f, 0, -1}, within(1e-3f));
    assertThat(samples(floats, SoundFormat.PCM_F32LE)).containsExactly(0.5f, 0, -1);
  }

  @Test
  void takesOneSampleMoreOrLess() throws SoundException {
    byte[] second = new byte[2 * Sound.RATE];

    assertThat(SoundReader.read(second, SoundFormat.PCM_S16LE, Sound.RATE, 1).length())
        .isEqualTo(Sound.RATE);
    assertThat(refusal(new byte[2 * Sound.RATE + 2], SoundFormat.PCM_S16LE, 1))
        .hasMessage("is longer than 1.0 s");
  }

  @Test
  void refusesWhatIsNoWavFile() throws IOException {
    assertThat(refusal("MThd, a song".getBytes(StandardCharsets.US_ASCII)))
        .hasMessage("does not begin like a WAV file");
    assertThat(refusal(new byte[0])).hasMessage("does not begin like a WAV file");
    byte[] compressed = tone(400, 16_000, 16, 1);
    compressed[20] = 0x55;
    assertThat(refusal(compressed)).hasMessage("is not a WAV file with uncompressed samples");
    assertThat(refusal(tone(400, 200_000, 16, 1)))
        .hasMessage("must have 4000 to 96000 samples a second");
    assertThat(refusal(tone(400, 16_000, 16, 17))).hasMessage("must have 1 to 16 channels");
  }

  @Test
  void survivesBrokenFiles() throws IOException {
    byte[] file = tone(400, 16_000, 16, 2);
    Random random = new Random(5);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] broken = file.clone();
      for (int flips = 0; flips < 3; flips++) {
        broken[random.nextInt(44)] = (byte) random.nextInt();
      }
      try {
        assertThat(SoundReader.read(broken, SoundFormat.WAV, 1, 2).seconds()).isLessThan(2.001);
      } catch (SoundException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(30, 299);
  }

  private static float[] samples(byte[] bytes, SoundFormat format) throws SoundException {
    Sound sound = SoundReader.read(bytes, format, Sound.RATE, MINUTE);
    float[] samples = new float[sound.length()];
    sound.samples().get(samples);
    return samples;
  }

  private static SoundException refusal(byte[] bytes) {
    return refusal(bytes, SoundFormat.WAV, MINUTE);
  }

  private static SoundException refusal(byte[] bytes, SoundFormat format, double seconds) {
    return catchThrowableOfType(
        SoundException.class, () -> SoundReader.read(bytes, format, Sound.RATE, seconds));
  }

  /// A second of a tone at half of the greatest loudness, on every channel.
  private static byte[] tone(double hertz, int rate, int bits, int channels) throws IOException {
    int width = bits / 8;
    ByteBuffer frames = ByteBuffer.allocate(rate * width * channels).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rate; i++) {
      double value = 0.5 * Math.sin(2 * Math.PI * hertz * i / rate);
      for (int channel = 0; channel < channels; channel++) {
        // WAV keeps eight bits unsigned, and everything wider signed.
        long sample = Math.round(value * ((1L << (bits - 1)) - 1)) + (bits == 8 ? 128 : 0);
        for (int b = 0; b < width; b++) {
          frames.put((byte) (sample >> (8 * b)));
        }
      }
    }
    Encoding encoding = bits == 8 ? Encoding.PCM_UNSIGNED : Encoding.PCM_SIGNED;
    AudioFormat format =
        new AudioFormat(encoding, rate, bits, channels, width * channels, rate, false);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AudioSystem.write(
        new AudioInputStream(new ByteArrayInputStream(frames.array()), format, rate),
        AudioFileFormat.Type.WAVE,
        file);
    return file.toByteArray();
  }

  /// How much of a tone is in the middle of a sound.
  private static double loudnessAt(double hertz, Sound sound) {
    FloatBuffer samples = sound.samples();
    double sine = 0;
    double cosine = 0;
    int from = Sound.RATE / 4;
    int count = Sound.RATE / 2;
    for (int i = from; i < from + count; i++) {
      double angle = 2 * Math.PI * hertz * i / Sound.RATE;
      sine += samples.get(i) * Math.sin(angle);
      cosine += samples.get(i) * Math.cos(angle);
    }
    return 2 * Math.hypot(sine, cosine) / count;
  }
}
