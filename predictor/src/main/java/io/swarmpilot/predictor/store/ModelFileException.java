package io.swarmpilot.predictor.store;

import java.io.IOException;

/// A model file that cannot be used; the message is for people.
public final class ModelFileException extends IOException {
  private static final long serialVersionUID = 1;

  /// A file of which this is wrong, as the end of a sentence that names it.
  public ModelFileException(String message) {
    super(message);
  }

  /// What is wrong.
  public String message() {
    return String.valueOf(getMessage());
  }
}
