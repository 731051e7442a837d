package io.swarmpilot.taskinstance.backend.onnx.speech;

/// Files that are not the model they should be.
final class UnreadableModel extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableModel(Throwable cause) {
    super(cause);
  }
}
