package io.swarmpilot.launcher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What is wrong with an answer: everything the case asks for, and what no answer may ever do.
final class Judgement {
  /// Signs of internals, which no answer shows.
  private static final ImmutableList<String> INTERNALS =
      ImmutableList.of("Exception", "io.swarmpilot", "io.grpc", "java.lang", "armeria", "\\tat ");

  private static final int LONGEST_MS = 3_000;

  private final Expectation expected;
  private final Answer answer;
  private final Variables variables;
  private final List<String> differences = new ArrayList<>();

  private Judgement(Expectation expected, Answer answer, Variables variables) {
    this.expected = expected;
    this.answer = answer;
    this.variables = variables;
  }

  static List<String> of(
      Expectation expected, Answer answer, String transport, Variables variables) {
    Judgement judgement = new Judgement(expected, answer, variables);
    judgement.status();
    judgement.speed();
    judgement.body();
    judgement.texts();
    judgement.headers();
    if (transport.equals(Transport.HTTP)) {
      judgement.overHttp();
    } else {
      judgement.reason();
    }
    return judgement.differences;
  }

  private void status() {
    int wanted = expected.status() == null ? 200 : expected.status();
    require(answer.status() == wanted, "status: expected " + wanted + ", got " + answer.status());
  }

  private void speed() {
    int within = expected.within() == null ? LONGEST_MS : expected.within();
    require(answer.millis() <= within, "took " + answer.millis() + " ms, more than " + within);
  }

  private void reason() {
    if (expected.reason() != null) {
      require(
          expected.reason().equals(answer.reason().orElse("")),
          "reason: expected " + expected.reason() + ", got " + answer.reason().orElse("none"));
    }
  }

  private void body() {
    if (expected.lines() != null) {
      lines(expected.lines());
    }
    if (expected.body() != null || !expected.keys().isEmpty() || expected.exactKeys() != null) {
      JsonNode actual = parse(answer.body());
      if (expected.body() != null) {
        Shape.compare(variables.expand(expected.body()), actual, differences);
      }
      expected.keys().forEach(key -> require(actual.has(key), "key " + key + " is absent"));
      if (expected.exactKeys() != null) {
        TreeSet<String> keys = new TreeSet<>();
        actual.fieldNames().forEachRemaining(keys::add);
        TreeSet<String> wanted = new TreeSet<>(expected.exactKeys());
        require(keys.equals(wanted), "keys: expected " + wanted + ", got " + keys);
      }
    }
  }

  private void lines(List<JsonNode> shapes) {
    List<String> lines = answer.body().lines().filter(line -> !line.isBlank()).toList();
    require(lines.size() == shapes.size(), "lines: expected " + shapes.size() + ", got " + lines);
    for (int i = 0; i < Math.min(lines.size(), shapes.size()); i++) {
      Shape.compare(variables.expand(shapes.get(i)), parse(lines.get(i)), differences);
    }
  }

  private JsonNode parse(String text) {
    try {
      return Json.parse(text);
    } catch (UncheckedIOException e) {
      differences.add("the body is not JSON: " + e.getMessage());
      return Json.MAPPER.missingNode();
    }
  }

  private void texts() {
    for (String fragment : expected.text()) {
      String expanded = variables.expand(fragment);
      require(answer.body().contains(expanded), "the body lacks the text " + expanded);
    }
    expected
        .notText()
        .forEach(f -> require(!answer.body().contains(f), "the body holds the text " + f));
    if (answer.status() >= 400) {
      INTERNALS.forEach(
          sign -> require(!answer.body().contains(sign), "the body shows internals: " + sign));
    }
  }

  private void headers() {
    expected
        .headers()
        .forEach((name, shape) -> {
          String value = answer.headers().get(name);
          if (shape.isNull()) {
            require(value == null, "header " + name + " is present: " + value);
          } else {
            List<String> found = new ArrayList<>();
            JsonNode node =
                value == null
                    ? Json.MAPPER.missingNode()
                    : Json.MAPPER.getNodeFactory().textNode(value);
            Shape.compare(variables.expand(shape), node, found);
            found.forEach(difference -> differences.add("header " + name + difference));
          }
        });
  }

  /// What holds for every REST answer: errors are JSON with `detail`, and nothing of gRPC shows.
  private void overHttp() {
    String type = answer.headers().getOrDefault("content-type", "");
    if (answer.status() >= 400 && !answer.body().isEmpty()) {
      require(type.startsWith("application/json"), "content type of an error: " + type);
      boolean saysMore = expected.body() != null && expected.body().has("detail");
      require(saysMore || parse(answer.body()).has("detail"), "an error without detail");
    }
    require(
        answer.headers().keySet().stream().noneMatch(name -> name.startsWith("grpc-")),
        "headers of gRPC: " + answer.headers());
  }

  private void require(boolean holds, String difference) {
    if (!holds) {
      differences.add(difference);
    }
  }
}
