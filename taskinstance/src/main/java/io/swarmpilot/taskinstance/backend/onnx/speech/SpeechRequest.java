package io.swarmpilot.taskinstance.backend.onnx.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.onnx.audio.Sound;
import io.swarmpilot.taskinstance.backend.onnx.audio.SoundException;
import io.swarmpilot.taskinstance.backend.onnx.audio.SoundFormat;
import io.swarmpilot.taskinstance.backend.onnx.audio.SoundReader;
import java.util.Base64;

/// What is to be written down.
///
/// @param sound 0.1 to 64 s of it
/// @param maxTokens most tokens the text may have, at least 1
record SpeechRequest(Sound sound, int maxTokens) {
  static final double MIN_SECONDS = 0.1;
  static final double MAX_SECONDS = 64;

  private static final String AUDIO = "input_data.audio";
  // Nobody speaks faster; a model that finds no end would go on repeating itself.
  private static final double TOKENS_PER_SECOND = 6.5;
  private static final int FEWEST_TOKENS = 12;

  /// Reads `{"audio": base64[, "format": …][, "sample_rate": …][, "max_tokens": …]}`; other members
  /// are ignored.
  static SpeechRequest parse(String input) throws RunFailure {
    ObjectNode members =
        EngineJson.parse(input)
            .orElseThrow(() -> RunFailure.invalidInput("input_data", "must be a JSON object"));
    Sound sound = sound(members);
    int most = (int) Math.ceil(Math.max(FEWEST_TOKENS, TOKENS_PER_SECOND * sound.seconds()));
    return new SpeechRequest(
        sound, Math.min(most, number(members, "max_tokens", most, 1, Integer.MAX_VALUE)));
  }

  private static Sound sound(ObjectNode members) throws RunFailure {
    SoundFormat format = format(members.path("format"));
    int rate =
        number(members, "sample_rate", Sound.RATE, SoundReader.MIN_RATE, SoundReader.MAX_RATE);
    try {
      Sound sound = SoundReader.read(bytes(members.path("audio")), format, rate, MAX_SECONDS);
      if (sound.seconds() < MIN_SECONDS) {
        throw RunFailure.invalidInput(AUDIO, "is shorter than " + MIN_SECONDS + " s");
      }
      return sound;
    } catch (SoundException e) {
      throw RunFailure.invalidInput(AUDIO, String.valueOf(e.getMessage()));
    }
  }

  private static byte[] bytes(JsonNode audio) throws RunFailure {
    if (audio.isMissingNode() || audio.isNull()) {
      throw RunFailure.invalidInput(AUDIO, "Field required");
    }
    try {
      return Base64.getDecoder().decode(audio.isTextual() ? audio.textValue() : "*");
    } catch (IllegalArgumentException e) {
      throw RunFailure.invalidInput(AUDIO, "must be a string in base64");
    }
  }

  private static SoundFormat format(JsonNode name) throws RunFailure {
    if (name.isMissingNode() || name.isNull()) {
      return SoundFormat.WAV;
    }
    return SoundFormat.named(name.asText())
        .orElseThrow(() ->
            RunFailure.invalidInput("input_data.format", "must be one of " + SoundFormat.names()));
  }

  private static int number(ObjectNode members, String name, int absent, int min, int max)
      throws RunFailure {
    JsonNode value = members.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    boolean valid =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= min
            && value.intValue() <= max;
    if (!valid) {
      throw RunFailure.invalidInput(
          "input_data." + name, "must be an integer from " + min + " to " + max);
    }
    return value.intValue();
  }
}
