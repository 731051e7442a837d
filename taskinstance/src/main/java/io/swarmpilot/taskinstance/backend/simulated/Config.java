package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.Violations;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Reads members of an object of settings; notes a violation against each that is wrong.
///
/// @param object the settings
/// @param path their name, such as `config`
/// @param violations where violations are noted
record Config(JsonNode object, String path, Violations violations) {
  /// Notes every member that is not among these.
  void allow(Set<String> known) {
    object
        .fieldNames()
        .forEachRemaining(name ->
            require(
                known.contains(name),
                name,
                "unknown setting; known are " + String.join(", ", new TreeSet<>(known))));
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  /// A number from `min` to `max`.
  double number(String name, double absent, double min, double max) {
    JsonNode value = object.path(name);
    if (!has(name)) {
      return absent;
    }
    boolean valid = value.isNumber() && value.doubleValue() >= min && value.doubleValue() <= max;
    require(valid, name, "must be a number from " + min + " to " + max);
    return valid ? value.doubleValue() : absent;
  }

  /// An integer from `min` to `max`.
  int integer(String name, int absent, int min, int max) {
    JsonNode value = object.path(name);
    if (!has(name)) {
      return absent;
    }
    boolean valid =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= min
            && value.intValue() <= max;
    require(valid, name, "must be an integer from " + min + " to " + max);
    return valid ? value.intValue() : absent;
  }

  /// A text that is not empty.
  Optional<String> text(String name) {
    JsonNode value = object.path(name);
    if (!has(name)) {
      return Optional.empty();
    }
    boolean valid = value.isTextual() && !value.textValue().isBlank();
    require(valid, name, "must be a string that is not empty");
    return valid ? Optional.of(value.textValue()) : Optional.empty();
  }

  void require(boolean condition, String name, String message) {
    violations.require(condition, path + "." + name, message);
  }
}
