package io.swarmpilot.taskinstance.weights;

import java.io.IOException;

/// Weights that cannot be had, in a sentence for who asked.
public final class PullException extends IOException {
  private static final long serialVersionUID = 1;

  /// A failure with what is wrong.
  public PullException(String message) {
    super(message);
  }
}
