package io.swarmpilot.predictor.training;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.base.Utf8;
import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.learn.TrainingSettings;
import io.swarmpilot.predictor.model.Grids;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.trace.Faults;
import io.swarmpilot.predictor.trace.RowFile;
import io.swarmpilot.predictor.trace.RowSink;
import io.swarmpilot.predictor.trace.TraceException;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Reads a configuration in one pass, its samples included; they may be many.
final class ConfigReader {
  private static final String MODEL_TYPE = "model_type";
  private static final Set<String> TEXTS =
      Set.of(
          MODEL_TYPE,
          FeatureKeys.MODEL_NAME,
          FeatureKeys.HARDWARE,
          FeatureKeys.SOFTWARE_NAME,
          FeatureKeys.SOFTWARE_VERSION,
          "trace_file");
  private static final int MAX_TEXT = 256;
  private static final int MAX_IGNORED = 64;

  private final JsonParser json;
  private final RowSink samples;
  private final Faults faults;
  private final Map<String, String> texts = new HashMap<>();
  private final Set<Double> quantiles = new TreeSet<>();
  private final Set<String> ignored = new LinkedHashSet<>();
  private String samplesUnder = "";
  private double testShare = TrainingSettings.DEFAULTS.testShare();
  private int rounds = TrainingSettings.DEFAULTS.rounds();
  private double learningRate = TrainingSettings.DEFAULTS.learningRate();
  private int leaves = TrainingSettings.DEFAULTS.leaves();

  private ConfigReader(JsonParser json, RowSink samples, Faults faults) {
    this.json = json;
    this.samples = samples;
    this.faults = faults;
  }

  /// What a configuration says; notes what is wrong with it.
  ///
  /// @param text a JSON object
  /// @param samples takes the samples in it
  static TrainingConfig read(String text, RowSink samples, Faults faults) throws TraceException {
    try (JsonParser json = JsonValues.FACTORY.createParser(text)) {
      return new ConfigReader(json, samples, faults).read();
    } catch (JsonProcessingException e) {
      throw new TraceException("config", "is not valid JSON");
    } catch (IOException e) {
      throw new AssertionError("a text cannot fail to be read", e);
    }
  }

  private TrainingConfig read() throws IOException, TraceException {
    json.nextToken();
    while (!faults.isFull() && json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value != JsonToken.VALUE_NULL) {
        take(name, value);
      }
      json.skipChildren();
    }
    if (texts.getOrDefault(MODEL_TYPE, "").isEmpty() && !faults.isFull()) {
      faults.add(MODEL_TYPE, "Field required");
    }
    return new TrainingConfig(
        identity(),
        faults.areNone()
            ? new TrainingSettings(testShare, rounds, learningRate, leaves)
            : TrainingSettings.DEFAULTS,
        quantiles.isEmpty()
            ? Arrays.stream(Grids.coarse()).boxed().collect(ImmutableList.toImmutableList())
            : ImmutableList.copyOf(quantiles),
        texts.getOrDefault("trace_file", ""),
        !samplesUnder.isEmpty(),
        ImmutableList.copyOf(ignored));
  }

  private ModelIdentity identity() {
    return new ModelIdentity(
        texts.getOrDefault(MODEL_TYPE, ""),
        texts.getOrDefault(FeatureKeys.MODEL_NAME, ""),
        texts.getOrDefault(FeatureKeys.HARDWARE, ""),
        texts.getOrDefault(FeatureKeys.SOFTWARE_NAME, ""),
        texts.getOrDefault(FeatureKeys.SOFTWARE_VERSION, ""));
  }

  private void take(String name, JsonToken value) throws IOException, TraceException {
    switch (name) {
      case "samples", "features_list" -> takeSamples(name, value);
      case "quantiles" -> takeQuantiles(value);
      case "test_split" -> testShare = number(name, value, 0.05, 0.5);
      case "learning_rate" -> learningRate = number(name, value, 1e-6, 1);
      case "epochs" -> rounds = (int) whole(name, value, 1, 2_000);
      case "max_leaves" -> leaves = (int) whole(name, value, 2, 256);
      case "log_transform" -> takeLogTransform(value);
      default -> {
        if (TEXTS.contains(name)) {
          texts.put(name, text(name, value));
        } else if (ignored.size() < MAX_IGNORED) {
          ignored.add(name.substring(0, Math.min(name.length(), MAX_TEXT)));
        }
      }
    }
  }

  private void takeSamples(String name, JsonToken value) throws IOException, TraceException {
    if (value != JsonToken.START_ARRAY) {
      faults.add(name, "must be an array of objects");
    } else if (!samplesUnder.isEmpty()) {
      faults.add(name, "cannot be given beside " + samplesUnder);
    } else {
      samplesUnder = name;
      RowFile.readArray(json, name, samples, faults);
    }
  }

  /// Held-out metrics are measured on one grid, so these choose from it.
  private void takeQuantiles(JsonToken value) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      faults.add("quantiles", "must be an array of numbers");
      return;
    }
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY && !faults.isFull(); i++) {
      double probability = json.currentToken().isNumeric() ? json.getDoubleValue() : Double.NaN;
      if (Arrays.stream(Grids.fine()).noneMatch(known -> known == probability)) {
        faults.add("quantiles[" + i + "]", "must be one of " + gridText());
      } else {
        quantiles.add(probability);
      }
      json.skipChildren();
    }
  }

  private static String gridText() {
    return Arrays.stream(Grids.fine()).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }

  /// Times are always learned as logarithms.
  private void takeLogTransform(JsonToken value) {
    if (!value.isBoolean()) {
      faults.add("log_transform", "must be true or false");
    } else if (value == JsonToken.VALUE_FALSE) {
      ignored.add("log_transform");
    }
  }

  private double number(String name, JsonToken value, double least, double most)
      throws IOException {
    double number = value.isNumeric() ? json.getDoubleValue() : Double.NaN;
    if (number >= least && number <= most) {
      return number;
    }
    faults.add(name, "must be a number between %s and %s".formatted(least, most));
    return least;
  }

  private double whole(String name, JsonToken value, int least, int most) throws IOException {
    double number = value.isNumeric() ? json.getDoubleValue() : Double.NaN;
    if (number >= least && number <= most && number == Math.rint(number)) {
      return number;
    }
    faults.add(name, "must be a whole number between %d and %d".formatted(least, most));
    return least;
  }

  private String text(String name, JsonToken value) throws IOException {
    if (!value.isScalarValue()) {
      faults.add(name, "must be a text");
      return "";
    }
    String text = json.getText();
    if (text.length() > MAX_TEXT) {
      faults.add(name, "must have at most " + MAX_TEXT + " characters");
    } else if (!isWellFormed(text)) {
      faults.add(name, "must be well-formed Unicode");
    }
    return text;
  }

  private static boolean isWellFormed(String text) {
    try {
      return Utf8.encodedLength(text) >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
