package io.swarmpilot.benchmark.prompts.read;

/// A file of prompts that cannot be used: a sentence that names the file and the row.
public final class PromptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  PromptException(String message) {
    super(message);
  }

  PromptException(String message, Throwable cause) {
    super(message, cause);
  }
}
