package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// JSON given on the command line: as it is, as `@file`, or as `-` for standard input.
final class JsonArgument {
  private JsonArgument() {}

  static JsonValue read(String option, String argument) {
    String text = content(option, argument).strip();
    if (!JsonValues.isJson(text)) {
      throw new CommandFailure(
          option + " is not JSON. Quote it for your shell: " + option + " '{\"text\": \"hi\"}'");
    }
    return JsonValues.of(text);
  }

  private static String content(String option, String argument) {
    try {
      if (argument.equals("-")) {
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
      }
      return argument.startsWith("@") ? Files.readString(Path.of(argument.substring(1))) : argument;
    } catch (IOException e) {
      throw new CommandFailure(option + ": " + argument + " cannot be read", e);
    }
  }
}
