package io.swarmpilot.predictor.trace;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.swarmpilot.predictor.feature.FeatureKeys;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Reads one trace: a JSON object of numbers, or one that keeps them in `input_feature` as an
/// object or as a list of `{"param_name", "val"}`.
///
/// Members that are neither numbers nor identity are passed over: metadata is the user's, and what
/// it says about other things is no business of a prediction.
public final class TraceReader {
  private static final int MAX_IDENTITY_LENGTH = 256;

  private final Map<String, Double> numbers = new HashMap<>();
  private final Map<String, String> identity = new HashMap<>();
  private final Map<String, Double> times = new HashMap<>();
  private String instance = "";
  private final JsonParser json;
  private final String root;

  private TraceReader(JsonParser json, String root) {
    this.json = json;
    this.root = root;
  }

  /// What a JSON object says of a task.
  ///
  /// @param field path of the object, for naming what is wrong with it
  /// @throws TraceException when it is no JSON object, or a member breaks a rule
  public static Trace read(String text, String field) throws TraceException {
    try (JsonParser json = JsonValues.FACTORY.createParser(text)) {
      Trace trace = read(json, field);
      if (json.nextToken() != null) {
        throw new TraceException(field, "must be one JSON object and nothing more");
      }
      return trace;
    } catch (JsonProcessingException e) {
      throw new TraceException(field, "Input is not valid JSON");
    } catch (IOException e) {
      throw new AssertionError("a text cannot fail to be read", e);
    }
  }

  /// What the JSON object that a parser stands before says of a task.
  ///
  /// @param field path of the object, for naming what is wrong with it
  public static Trace read(JsonParser json, String field) throws IOException, TraceException {
    json.nextToken();
    return readHere(json, field);
  }

  /// What the JSON object that a parser has just entered says of a task.
  static Trace readHere(JsonParser json, String field) throws IOException, TraceException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new TraceException(field, "must be a JSON object");
    }
    return new TraceReader(json, field).read();
  }

  private Trace read() throws IOException, TraceException {
    boolean apart = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals(FeatureKeys.INPUT_FEATURE) && value.isStructStart()) {
        // From here on only what it holds counts.
        apart = true;
        numbers.clear();
        readInputFeature(value);
      } else if (FeatureKeys.isIdentity(name)) {
        noteIdentity(name, value);
      } else if (FeatureKeys.TIMES.contains(name)) {
        noteTime(name, value);
      } else if (FeatureKeys.INSTANCES.contains(name) && value.isScalarValue()) {
        instance = value == JsonToken.VALUE_NULL ? instance : json.getText();
      } else if (value.isNumeric() && !apart) {
        note(name, root + "." + name);
      } else {
        json.skipChildren();
      }
    }
    return new Trace(identity, Features.of(numbers), new Outcome(times, instance));
  }

  private void readInputFeature(JsonToken start) throws IOException, TraceException {
    String path = root + "." + FeatureKeys.INPUT_FEATURE;
    if (start == JsonToken.START_ARRAY) {
      for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
        readParameter(path + "[" + i + "]");
      }
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken().isNumeric()) {
        note(name, path + "." + name);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readParameter(String path) throws IOException, TraceException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new TraceException(path, "must be an object with param_name and val");
    }
    String name = "";
    double number = 0;
    boolean numeric = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("param_name") && value == JsonToken.VALUE_STRING) {
        name = json.getText();
      } else if (member.equals("val") && value.isNumeric()) {
        number = finite(path + ".val");
        numeric = true;
      } else {
        json.skipChildren();
      }
    }
    if (name.isEmpty()) {
      throw new TraceException(path + ".param_name", "Field required");
    }
    if (numeric) {
      note(name, number);
    }
  }

  private void note(String name, String path) throws IOException, TraceException {
    if (FeatureKeys.isFeature(name)) {
      note(name, finite(path));
    }
  }

  private void note(String name, double number) throws TraceException {
    if (!FeatureKeys.isFeature(name)) {
      return;
    }
    numbers.put(name, number);
    if (numbers.size() > Features.MAX_COUNT) {
      throw new TraceException(root, "must hold at most " + Features.MAX_COUNT + " numbers");
    }
  }

  private double finite(String path) throws IOException, TraceException {
    double number = json.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw new TraceException(path, "must be a finite number");
    }
    return number;
  }

  /// Whether it makes sense as a time is for those to judge who want one.
  private void noteTime(String name, JsonToken value) throws IOException {
    if (value != JsonToken.VALUE_NULL) {
      times.put(name, value.isNumeric() ? json.getDoubleValue() : Double.NaN);
    }
    json.skipChildren();
  }

  private void noteIdentity(String name, JsonToken value) throws IOException, TraceException {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    if (!value.isScalarValue()) {
      throw new TraceException(root + "." + name, "must be a text");
    }
    if (json.getTextLength() > MAX_IDENTITY_LENGTH) {
      throw new TraceException(
          root + "." + name, "must have at most " + MAX_IDENTITY_LENGTH + " characters");
    }
    identity.put(name, json.getText());
  }
}
