package io.swarmpilot.predictor.service;

import io.grpc.Context;
import io.grpc.Status;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;

/// Rules that several requests share.
final class RequestRules {
  /// Longest name of a model, hardware or software.
  static final int MAX_NAME_LENGTH = 256;

  /// Most violations one answer names; a request of 100,000 traces can hold as many mistakes.
  static final int MAX_VIOLATIONS = 10;

  private RequestRules() {}

  /// Requires every part of the identity that a path states.
  static void requireIdentity(ModelIdentity identity, Violations violations) {
    violations
        .requireText("model_type", identity.type(), MAX_NAME_LENGTH)
        .requireText("model_name", identity.name(), MAX_NAME_LENGTH)
        .requireText("hardware", identity.hardware(), MAX_NAME_LENGTH)
        .requireText("software_name", identity.softwareName(), MAX_NAME_LENGTH)
        .requireText("software_version", identity.softwareVersion(), MAX_NAME_LENGTH);
  }

  /// Requires a confidence level to be given and within its range.
  static void requireConfidence(boolean given, double level, Violations violations) {
    if (!given) {
      violations.add(FieldViolation.missing("confidence_level"));
    } else {
      requireConfidence(level, violations);
    }
  }

  /// Requires a confidence level to be within its range.
  static void requireConfidence(double level, Violations violations) {
    violations.require(
        level > 0 && level < 1, "confidence_level", "must be between 0 and 1, both excluded");
  }

  /// Stops the work for a caller who has gone.
  static void requireCaller() {
    if (Context.current().isCancelled()) {
      throw Status.CANCELLED.asRuntimeException();
    }
  }
}
