package io.swarmpilot.launcher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares an answer with what a case expects of it.
///
/// An expected object names the members that must be there (others may be, the contract allows
/// additions), `null` must be there as `null`, an array fits element by element, a number by value.
/// A text that begins with `$` is a rule (`$uuid`, `$number>=0`), an object whose members all begin
/// with `$` a rule about an array (`$each`, `$some`, `$none`, `$size`, `$closer`, `$sum` of a
/// pointer) or a number (`$near`).
final class Shape {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern COMPARISON =
      Pattern.compile("\\$(number|integer)(>=|<=|>|<|=)(-?[0-9.]+)");

  private final List<String> differences;

  private Shape(List<String> differences) {
    this.differences = differences;
  }

  /// Adds to `differences` everything in which an answer is not as expected.
  static void compare(JsonNode expected, JsonNode actual, List<String> differences) {
    new Shape(differences).compare("", expected, actual);
  }

  private void compare(String path, JsonNode expected, JsonNode actual) {
    if (expected.isTextual() && expected.textValue().startsWith("$")) {
      require(fits(expected.textValue(), actual), path, expected, actual);
    } else if (isRule(expected)) {
      expected
          .properties()
          .forEach(rule -> collection(path, rule.getKey(), rule.getValue(), actual));
    } else if (expected.isObject()) {
      object(path, expected, actual);
    } else if (expected.isArray()) {
      array(path, expected, actual);
    } else if (expected.isNumber()) {
      boolean same =
          actual.isNumber() && expected.decimalValue().compareTo(actual.decimalValue()) == 0;
      require(same, path, expected, actual);
    } else {
      require(expected.equals(actual), path, expected, actual);
    }
  }

  private static boolean isRule(JsonNode expected) {
    return expected.isObject()
        && !expected.isEmpty()
        && expected.propertyStream().allMatch(member -> member.getKey().startsWith("$"));
  }

  private void require(boolean holds, String path, JsonNode expected, JsonNode actual) {
    if (!holds) {
      String found = actual.isMissingNode() ? "nothing" : Json.write(actual);
      differences.add((path.isEmpty() ? "/" : path) + ": expected " + expected + ", got " + found);
    }
  }

  private void object(String path, JsonNode expected, JsonNode actual) {
    require(actual.isObject(), path, expected, actual);
    if (actual.isObject()) {
      expected
          .properties()
          .forEach(member ->
              compare(
                  path + "/" + member.getKey(), member.getValue(), actual.path(member.getKey())));
    }
  }

  private void array(String path, JsonNode expected, JsonNode actual) {
    require(actual.isArray() && actual.size() == expected.size(), path, expected, actual);
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      compare(path + "/" + i, expected.get(i), actual.get(i));
    }
  }

  private void collection(String path, String rule, JsonNode operand, JsonNode actual) {
    switch (rule) {
      case "$each" -> {
        require(!actual.isEmpty(), path, operand, actual);
        for (int i = 0; i < actual.size(); i++) {
          compare(path + "/" + i, operand, actual.get(i));
        }
      }
      case "$some" -> require(countFitting(operand, actual) > 0, path, operand, actual);
      case "$none" -> require(countFitting(operand, actual) == 0, path, operand, actual);
      case "$size" ->
          require(actual.isArray() && actual.size() == operand.intValue(), path, operand, actual);
      case "$sum" ->
          require(sum(operand, actual) == operand.get(1).longValue(), path, operand, actual);
      case "$closer" -> require(isCloser(operand, actual), path, operand, actual);
      case "$near" -> require(isNear(operand, actual), path, operand, actual);
      default -> throw new IllegalArgumentException("no rule " + rule);
    }
  }

  private static long countFitting(JsonNode operand, JsonNode actual) {
    return actual
        .valueStream()
        .filter(element -> {
          List<String> found = new ArrayList<>();
          compare(operand, element, found);
          return found.isEmpty();
        })
        .count();
  }

  private static long sum(JsonNode operand, JsonNode actual) {
    String pointer = operand.get(0).textValue();
    return actual.valueStream().mapToLong(element -> element.at(pointer).longValue()).sum();
  }

  /// Whether, of unit vectors, the first named is closer to the second than to the third.
  private static boolean isCloser(JsonNode operand, JsonNode actual) {
    JsonNode vector = actual.path(operand.get(0).intValue());
    double closer = product(vector, actual.path(operand.get(1).intValue()));
    return closer > product(vector, actual.path(operand.get(2).intValue()));
  }

  private static double product(JsonNode vector, JsonNode other) {
    double sum = 0;
    for (int i = 0; i < vector.size(); i++) {
      sum += vector.get(i).doubleValue() * other.path(i).doubleValue();
    }
    return sum;
  }

  private static boolean isNear(JsonNode operand, JsonNode actual) {
    double distance = Math.abs(actual.doubleValue() - operand.get(0).doubleValue());
    return actual.isNumber() && distance <= operand.get(1).doubleValue();
  }

  private static boolean fits(String rule, JsonNode actual) {
    Matcher comparison = COMPARISON.matcher(rule);
    if (comparison.matches()) {
      return kind(comparison.group(1), actual)
          && holds(actual.decimalValue(), comparison.group(2), comparison.group(3));
    }
    int colon = rule.indexOf(':');
    String operand = rule.substring(colon + 1);
    return switch (colon < 0 ? rule : rule.substring(0, colon)) {
      case "$uuid" -> UUID.matcher(actual.asText()).matches();
      case "$task_id" ->
          actual.asText().startsWith("task-")
              && UUID.matcher(actual.asText().substring(5)).matches();
      case "$contains" -> actual.isTextual() && actual.textValue().contains(operand);
      case "$matches" -> actual.isTextual() && Pattern.matches(operand, actual.textValue());
      default -> kind(rule.substring(1), actual);
    };
  }

  private static boolean kind(String name, JsonNode actual) {
    return switch (name) {
      case "any" -> !actual.isMissingNode();
      case "absent" -> actual.isMissingNode();
      case "null" -> actual.isNull();
      case "text" -> actual.isTextual() && !actual.textValue().isEmpty();
      case "string" -> actual.isTextual();
      case "boolean" -> actual.isBoolean();
      case "number" -> actual.isNumber();
      case "integer" -> actual.isIntegralNumber();
      case "array" -> actual.isArray();
      case "object" -> actual.isObject();
      case "seconds" ->
          actual.isNumber()
              && Math.abs(actual.doubleValue() - System.currentTimeMillis() / 1e3) < 600;
      default -> throw new IllegalArgumentException("no rule $" + name);
    };
  }

  private static boolean holds(BigDecimal actual, String operator, String bound) {
    int order = actual.compareTo(new BigDecimal(bound));
    return switch (operator) {
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      default -> order == 0;
    };
  }
}
