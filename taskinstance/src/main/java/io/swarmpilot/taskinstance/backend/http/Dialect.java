package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Timeline;

/// How an engine is spoken to. Safe for use by several threads.
public interface Dialect {
  /// The request that a task's input asks for.
  ///
  /// @throws RunFailure when the input is wrong
  EngineRequest request(ObjectNode input) throws RunFailure;

  /// Takes a streamed answer: shows its pieces, and notes those that hold output in the timeline.
  Assembly assembly(Timeline timeline, ExecutionOutput shown);

  /// Tokens of the prompt that an answer tells; a missing node when it does not.
  JsonNode promptTokens(ObjectNode answer);

  /// Tokens of output that an answer tells; a missing node when it does not.
  JsonNode completionTokens(ObjectNode answer);
}
