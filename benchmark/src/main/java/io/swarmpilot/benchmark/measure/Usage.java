package io.swarmpilot.benchmark.measure;

/// Tokens of one request, as the server reports them.
///
/// @param input tokens read
/// @param output tokens written
/// @param cached of the tokens read, those from a cache
/// @param reasoning of the tokens written, those that are reasoning
/// @param reported whether the server told; otherwise pieces of output were counted
public record Usage(long input, long output, long cached, long reasoning, boolean reported) {
  /// As many tokens as there were pieces, for a server that tells nothing.
  public static Usage counted(long pieces) {
    return new Usage(0, pieces, 0, 0, false);
  }
}
