package io.swarmpilot.benchmark.protocol;

import io.swarmpilot.benchmark.prompts.Prompt;

/// A server under load. Safe for use by several threads.
public interface Target {
  /// Sends a request, without waiting for anything. What goes wrong, the reply is told.
  Call send(Prompt prompt, Reply reply);

  /// A request under way.
  @FunctionalInterface
  interface Call {
    /// Breaks it off; the reply is told of a failure unless it is over.
    void cancel();
  }
}
