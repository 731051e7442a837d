package io.swarmpilot.benchmark.recipe;

/// Something about a recipe that its author should know.
///
/// @param level how bad it is
/// @param path where: `a -> b` when its form is wrong, `a.b` when what it says is; `` for all of it
/// @param message what is wrong, a sentence without the path
public record Issue(Level level, String path, String message) {
  /// How bad it is.
  public enum Level {
    /// The recipe cannot be used.
    ERROR,
    /// It can, but its author probably meant something else.
    WARNING
  }

  /// An error.
  public static Issue error(String path, String message) {
    return new Issue(Level.ERROR, path, message);
  }

  /// A warning.
  public static Issue warning(String path, String message) {
    return new Issue(Level.WARNING, path, message);
  }

  /// Whether it forbids the use of the recipe.
  public boolean isError() {
    return level == Level.ERROR;
  }

  /// The path with dots, whichever way it was written.
  public String dottedPath() {
    return path.replace(" -> ", ".");
  }

  @Override
  public String toString() {
    return path.isEmpty() ? message : path + ": " + message;
  }
}
