package io.swarmpilot.predictor.file;

import java.io.IOException;

/// A stream gave more than it may.
public final class TooLarge extends IOException {
  private static final long serialVersionUID = 1;

  TooLarge() {
    super("too large");
  }
}
