package io.swarmpilot.taskinstance.backend.onnx.audio;

/// Bytes that are no sound one could use, in words for who sent them.
public final class SoundException extends Exception {
  private static final long serialVersionUID = 1;

  /// The words continue a sentence whose subject is the sound.
  SoundException(String message) {
    super(message, null, false, false);
  }
}
