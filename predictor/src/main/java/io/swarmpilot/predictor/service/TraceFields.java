package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.trace.Outcome;
import io.swarmpilot.predictor.trace.Trace;
import io.swarmpilot.predictor.trace.TraceException;
import io.swarmpilot.predictor.trace.TraceReader;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.Map;

/// Traces and metadata as fields of a request.
final class TraceFields {
  private static final Trace NOTHING = new Trace(Map.of(), Features.NONE, Outcome.UNKNOWN);

  private TraceFields() {}

  /// What a field says of a task; nothing when it is absent or JSON null.
  static Trace optional(JsonValue value, String field, Violations violations) {
    return JsonValues.isPresent(value) && !isNull(value)
        ? required(value, field, violations)
        : NOTHING;
  }

  /// What a field says of a task; notes a violation when it is absent or breaks a rule.
  static Trace required(JsonValue value, String field, Violations violations) {
    if (!JsonValues.isPresent(value)) {
      violations.add(FieldViolation.missing(field));
      return NOTHING;
    }
    Violations own = new Violations();
    JsonValue object = JsonValues.object(value, field, true, own);
    if (!own.found().isEmpty()) {
      own.found().forEach(violations::add);
      return NOTHING;
    }
    try {
      return TraceReader.read(object.getJson(), field);
    } catch (TraceException e) {
      violations.add(FieldViolation.invalid(e.field(), e.message()));
      return NOTHING;
    }
  }

  private static boolean isNull(JsonValue value) {
    return switch (value.getKindCase()) {
      case JSON -> value.getJson().strip().equals("null");
      case VALUE -> value.getValue().hasNullValue();
      case KIND_NOT_SET -> true;
    };
  }
}
