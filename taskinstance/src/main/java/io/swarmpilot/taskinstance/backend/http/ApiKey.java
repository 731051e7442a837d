package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.Violations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A secret that an engine asks for. It comes from a file or a variable of this machine, never from
/// a request, and appears in no text.
final class ApiKey {
  private static final int MAX_BYTES = 8 << 10;
  private static final String HIDDEN = "***";

  // What a header can carry. A file that holds more than a key, such as a certificate, has spaces
  // or lines and is refused.
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");

  private final String secret;

  private ApiKey(String secret) {
    this.secret = secret;
  }

  /// The key that a configuration names by `api_key_env` or `api_key_file`, if it names one. Notes
  /// a violation when it cannot be had.
  ///
  /// @param environment value of a variable of the process, or null
  static Optional<ApiKey> read(
      JsonNode config, Function<String, @Nullable String> environment, Violations violations) {
    violations.require(
        !config.has("api_key"),
        "config.api_key",
        "keys are not taken in requests; name a variable of the instance by api_key_env or a file"
            + " on its machine by api_key_file");
    JsonNode variable = config.path("api_key_env");
    JsonNode file = config.path("api_key_file");
    if (variable.isTextual() && file.isTextual()) {
      violations.require(false, "config.api_key_file", "cannot be given with api_key_env");
      return Optional.empty();
    }
    if (variable.isTextual()) {
      return checked(
          environment.apply(variable.textValue()), "config.api_key_env", "variable", violations);
    }
    if (file.isTextual()) {
      return checked(content(file.textValue()), "config.api_key_file", "file", violations);
    }
    violations.require(isAbsent(variable), "config.api_key_env", "must be a string");
    violations.require(isAbsent(file), "config.api_key_file", "must be a string");
    return Optional.empty();
  }

  /// The value of the header `Authorization`.
  String authorization() {
    return "Bearer " + secret;
  }

  /// The text without the key.
  String hideIn(String text) {
    return text.replace(secret, HIDDEN);
  }

  @Override
  public String toString() {
    return HIDDEN;
  }

  private static Optional<ApiKey> checked(
      @Nullable String secret, String field, String source, Violations violations) {
    if (secret == null) {
      violations.require(false, field, "there is no such " + source + ", or it cannot be read");
      return Optional.empty();
    }
    String key = secret.strip();
    if (!TOKEN.matcher(key).matches()) {
      violations.require(false, field, "the " + source + " does not hold a key and nothing else");
      return Optional.empty();
    }
    return Optional.of(new ApiKey(key));
  }

  private static @Nullable String content(String file) {
    try (var in = Files.newInputStream(Path.of(file))) {
      return new String(in.readNBytes(MAX_BYTES + 1), StandardCharsets.UTF_8);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
