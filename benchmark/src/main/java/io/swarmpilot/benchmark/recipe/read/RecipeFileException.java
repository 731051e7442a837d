package io.swarmpilot.benchmark.recipe.read;

import java.nio.file.Path;

/// A file cannot be read, or is no document; says which and why.
public final class RecipeFileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// A failure with its file and reason.
  public RecipeFileException(Path file, String reason) {
    super(file + ": " + reason, null, false, false);
  }
}
