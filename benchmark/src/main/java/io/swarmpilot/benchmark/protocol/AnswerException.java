package io.swarmpilot.benchmark.protocol;

import io.swarmpilot.benchmark.measure.Failure;

/// An answer that began well and is a failure.
final class AnswerException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Failure failure;

  AnswerException(Failure.Kind kind, String message) {
    super(message, null, false, false);
    this.failure = Failure.of(kind, message);
  }

  Failure failure() {
    return failure;
  }
}
