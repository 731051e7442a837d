package io.swarmpilot.predictor.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.predictor.learn.HeldOut;
import io.swarmpilot.predictor.learn.Stage;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/// The header of a model file: a JSON object, so that people can read it too.
final class HeaderJson {
  private static final ObjectMapper MAPPER = new ObjectMapper(JsonValues.FACTORY);

  private final JsonNode root;

  private HeaderJson(JsonNode root) {
    this.root = root;
  }

  static byte[] write(ModelHeader header) {
    ObjectNode root = MAPPER.createObjectNode();
    ModelIdentity identity = header.identity();
    root.put("model_key", ModelKey.of(identity).text())
        .put("model_type", identity.type())
        .put("model_name", identity.name())
        .put("hardware", identity.hardware())
        .put("software_name", identity.softwareName())
        .put("software_version", identity.softwareVersion())
        .put("version", header.version())
        .put("origin", header.origin().label())
        .put("trained_at", header.trainedAt())
        .put("stage", header.stage().label())
        .put("rows", header.rows());
    header.features().forEach(root.putArray("features")::add);
    write(header.heldOut(), root.putObject("held_out"));
    try {
      return MAPPER.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree cannot fail to be written", e);
    }
  }

  private static void write(HeldOut heldOut, ObjectNode into) {
    into.put("rows", heldOut.rows());
    put("mae_ms", heldOut.maeMs(), into);
    put("mape", heldOut.mape(), into);
    put("mean_ms", heldOut.meanMs(), into);
    put(heldOut.pinballMs(), into.putObject("pinball_ms"));
    put(heldOut.coverage(), into.putObject("coverage"));
  }

  private static void put(Map<Double, Double> numbers, ObjectNode into) {
    numbers.forEach((probability, number) -> put(String.valueOf(probability), number, into));
  }

  /// JSON has no word for a number that is not known.
  private static void put(String name, double number, ObjectNode into) {
    if (Double.isFinite(number)) {
      into.put(name, number);
    } else {
      into.putNull(name);
    }
  }

  static ModelHeader read(byte[] json) throws ModelFileException {
    try {
      JsonNode root = MAPPER.readTree(json);
      return new HeaderJson(root == null ? MAPPER.nullNode() : root).read();
    } catch (JsonProcessingException e) {
      throw new ModelFileException("its header is not JSON");
    } catch (IOException e) {
      throw new AssertionError("an array cannot fail to be read", e);
    }
  }

  private ModelHeader read() throws ModelFileException {
    return new ModelHeader(
        new ModelIdentity(
            text("model_type"),
            text("model_name"),
            text("hardware"),
            text("software_name"),
            text("software_version")),
        count("version"),
        labelled("origin", Origin.values(), Origin::label),
        number(root, "trained_at"),
        labelled("stage", Stage.values(), Stage::label),
        count("rows"),
        features(),
        heldOut(root.path("held_out")));
  }

  private String text(String name) throws ModelFileException {
    JsonNode node = root.path(name);
    require(node.isTextual(), name);
    return node.asText();
  }

  private int count(String name) throws ModelFileException {
    JsonNode node = root.path(name);
    require(node.isInt() && node.intValue() > 0, name);
    return node.intValue();
  }

  private <T> T labelled(String name, T[] values, Function<T, String> label)
      throws ModelFileException {
    String text = text(name);
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() -> wrong(name));
  }

  private ImmutableList<String> features() throws ModelFileException {
    ImmutableList.Builder<String> names = ImmutableList.builder();
    for (JsonNode name : root.path("features")) {
      require(name.isTextual(), "features");
      names.add(name.asText());
    }
    return names.build();
  }

  private static HeldOut heldOut(JsonNode node) throws ModelFileException {
    require(node.path("rows").isInt(), "held_out.rows");
    return new HeldOut(
        node.path("rows").intValue(),
        numbers(node.path("pinball_ms")),
        numbers(node.path("coverage")),
        number(node, "mae_ms"),
        number(node, "mape"),
        number(node, "mean_ms"));
  }

  private static ImmutableMap<Double, Double> numbers(JsonNode object) throws ModelFileException {
    ImmutableMap.Builder<Double, Double> numbers = ImmutableMap.builder();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      try {
        numbers.put(Double.valueOf(member.getKey()), number(object, member.getKey()));
      } catch (NumberFormatException e) {
        throw wrong("held_out");
      }
    }
    return numbers.buildKeepingLast();
  }

  private static double number(JsonNode object, String name) throws ModelFileException {
    JsonNode node = object.path(name);
    require(node.isNumber() || node.isNull(), name);
    return node.isNull() ? Double.NaN : node.doubleValue();
  }

  private static void require(boolean condition, String name) throws ModelFileException {
    if (!condition) {
      throw wrong(name);
    }
  }

  private static ModelFileException wrong(String name) {
    return new ModelFileException("its header says nothing usable for " + name);
  }
}
