package io.swarmpilot.taskinstance.backend.onnx;

import java.nio.FloatBuffer;

/// Makes one vector of a text from the vectors of its tokens.
final class Pooling {
  private Pooling() {}

  /// The mean over all tokens, scaled to length 1. `states` holds one row for each token; none of
  /// them is padding, so the mean needs no mask.
  static float[] meanOfUnitLength(FloatBuffer states, int tokens) {
    int width = states.remaining() / tokens;
    int start = states.position();
    float[] sum = new float[width];
    for (int token = 0; token < tokens; token++) {
      int row = start + token * width;
      for (int i = 0; i < width; i++) {
        sum[i] += states.get(row + i);
      }
    }
    double squares = 0;
    for (float component : sum) {
      squares += (double) component * component;
    }
    // The length of the sum, not of the mean: their ratio is the same for every component. The
    // floor keeps a vector of zeros what it is.
    float length = (float) Math.max(Math.sqrt(squares), 1e-12);
    for (int i = 0; i < width; i++) {
      sum[i] /= length;
    }
    return sum;
  }
}
