package io.swarmpilot.taskinstance.backend.process;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.taskinstance.backend.http.ConfigReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads settings of which some are commands, and notes what is wrong with them.
///
/// @param reader reads the rest
record SettingsReader(ConfigReader reader) {
  private static final int MAX_TEXT = 32_768;

  boolean has(String name) {
    return reader.config().hasNonNull(name);
  }

  void require(boolean condition, String name, String message) {
    reader.violations().require(condition, "config." + name, message);
  }

  String text(String name, String absent) {
    return reader.text(name).orElse(absent);
  }

  int number(String name, int absent, int min, int max) {
    return reader.number(name, absent, min, max);
  }

  /// A list of words, in which placeholders are to be known ones.
  List<String> words(String name, int most) {
    JsonNode value = reader.config().path(name);
    List<String> words = new ArrayList<>();
    require(
        !has(name) || (value.isArray() && value.size() <= most),
        name,
        "must be a list of at most " + most + " strings: a program's words, not a shell's line");
    for (JsonNode word : value) {
      words.add(word(name, word));
    }
    return words;
  }

  /// Texts by name, in which placeholders are to be known ones.
  Map<String, String> texts(String name, int most) {
    JsonNode value = reader.config().path(name);
    Map<String, String> texts = new LinkedHashMap<>();
    require(
        !has(name) || (value.isObject() && value.size() <= most),
        name,
        "must be an object of at most " + most + " strings");
    if (value.isObject()) {
      value.properties().forEach(entry -> texts.put(entry.getKey(), word(name, entry.getValue())));
    }
    return texts;
  }

  private String word(String name, JsonNode value) {
    require(
        isText(value), name, "must hold strings of at most " + MAX_TEXT + " characters, no NUL");
    Placeholders.unknownIn(value.asText())
        .forEach(unknown ->
            require(
                false,
                name,
                "{"
                    + unknown
                    + "} is unknown; known are {"
                    + String.join("}, {", Placeholders.KNOWN.stream().sorted().toList())
                    + "}"));
    return value.asText();
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual()
        && value.textValue().length() <= MAX_TEXT
        && value.textValue().indexOf('\0') < 0;
  }
}
