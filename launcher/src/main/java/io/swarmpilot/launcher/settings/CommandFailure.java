package io.swarmpilot.launcher.settings;

/// A command that cannot do what it was asked to, in one sentence for the person who asked.
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A failure with what is wrong and, after a colon or in a second sentence, how to fix it.
  public CommandFailure(String message) {
    super(message);
  }

  /// A failure with its cause, which is shown with `LOG_LEVEL=debug` only.
  public CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
