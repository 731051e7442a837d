package io.swarmpilot.benchmark.protocol;

import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.benchmark.prompts.Prompt;

/// One way to ask an HTTP server, and to read what it answers.
interface Dialect {
  /// Where to post, from the root of the server.
  String path();

  /// The body of a request, JSON.
  byte[] body(Prompt prompt);

  /// Reads one answer.
  Answer answer();

  /// An answer that grows. One thread at a time.
  interface Answer {
    /// Some of its bytes came.
    ///
    /// @param nanos when they were read
    /// @param reply told of every piece of output in them
    /// @throws AnswerException when the answer cannot become a good one any more
    void bytes(byte[] bytes, long nanos, Reply reply) throws AnswerException;

    /// It came to its end.
    ///
    /// @return its tokens
    /// @throws AnswerException when it is not complete
    Usage end(long nanos, Reply reply) throws AnswerException;
  }
}
