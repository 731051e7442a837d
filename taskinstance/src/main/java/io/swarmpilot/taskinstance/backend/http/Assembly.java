package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.RunFailure;

/// Puts a streamed answer together, line by line. Used by one thread.
public interface Assembly {
  /// Takes the next line, which came at this time, ns of the monotonic clock. Returns whether more
  /// is expected.
  ///
  /// @throws RunFailure when the engine says that it failed
  boolean line(String line, long nanos) throws RunFailure;

  /// The answer as the engine would have given it in one piece.
  ///
  /// @throws RunFailure when it is not complete
  ObjectNode result() throws RunFailure;
}
