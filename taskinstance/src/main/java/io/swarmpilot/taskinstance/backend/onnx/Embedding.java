package io.swarmpilot.taskinstance.backend.onnx;

/// A text as a point.
final class Embedding {
  private final float[] vector;
  private final int tokens;

  /// Takes the vector over.
  Embedding(float[] vector, int tokens) {
    this.vector = vector;
    this.tokens = tokens;
  }

  /// 384 numbers, length 1; not to be changed.
  float[] vector() {
    return vector;
  }

  /// Tokens of the text, the two that frame it counted.
  int tokens() {
    return tokens;
  }
}
