package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads the settings of a backend one by one and notes a violation against every one that is
/// wrong; null counts as absent.
///
/// @param config settings, a JSON object
/// @param violations where violations are noted
public record ConfigReader(JsonNode config, Violations violations) {
  /// Notes every setting that is in neither set and that nothing was noted against before.
  public void requireKnown(Set<String> common, Set<String> own) {
    Set<String> known = new TreeSet<>(common);
    known.addAll(own);
    Set<String> noted =
        violations.found().stream().map(FieldViolation::field).collect(Collectors.toSet());
    config
        .fieldNames()
        .forEachRemaining(name ->
            violations.require(
                known.contains(name) || noted.contains(field(name)),
                field(name),
                "unknown setting; known are " + String.join(", ", known)));
  }

  /// A string that has to be given unless there is a value in its absence; "" asks for it.
  public String text(String name, String absent) {
    Optional<String> given = text(name);
    if (given.isEmpty() && isAbsent(config.path(name))) {
      violations.requirePresent(!absent.isEmpty(), field(name));
    }
    return given.orElse(absent);
  }

  /// A string that is not blank, if it is given.
  public Optional<String> text(String name) {
    JsonNode value = config.path(name);
    if (isAbsent(value)) {
      return Optional.empty();
    }
    boolean valid = value.isTextual() && !value.textValue().isBlank();
    violations.require(valid, field(name), "must be a string that is not empty");
    return valid ? Optional.of(value.textValue()) : Optional.empty();
  }

  /// An integer within bounds.
  public int number(String name, int absent, int min, int max) {
    JsonNode value = config.path(name);
    if (isAbsent(value)) {
      return absent;
    }
    boolean valid =
        value.isIntegralNumber()
            && value.canConvertToInt()
            && value.intValue() >= min
            && value.intValue() <= max;
    violations.require(valid, field(name), "must be an integer from " + min + " to " + max);
    return valid ? value.intValue() : absent;
  }

  /// True or false.
  public boolean flag(String name, boolean absent) {
    JsonNode value = config.path(name);
    if (isAbsent(value)) {
      return absent;
    }
    violations.require(value.isBoolean(), field(name), "must be true or false");
    return value.asBoolean();
  }

  /// The name of a setting in violations.
  static String field(String name) {
    return "config." + name;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
