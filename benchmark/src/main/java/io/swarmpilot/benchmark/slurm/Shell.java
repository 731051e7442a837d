package io.swarmpilot.benchmark.slurm;

/// Text in scripts of `bash`.
final class Shell {
  private Shell() {}

  /// A text as one word, whatever is in it.
  static String quoted(String text) {
    return text.matches("[A-Za-z0-9_./:=@%+,-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
