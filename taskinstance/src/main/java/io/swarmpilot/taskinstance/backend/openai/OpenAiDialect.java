package io.swarmpilot.taskinstance.backend.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Timeline;
import io.swarmpilot.taskinstance.backend.http.Assembly;
import io.swarmpilot.taskinstance.backend.http.Dialect;
import io.swarmpilot.taskinstance.backend.http.EngineRequest;
import io.swarmpilot.taskinstance.backend.http.EngineSettings;
import java.util.Optional;

/// Requests and answers as OpenAI defines them.
///
/// @param settings the engine
/// @param api what tasks are sent to; empty: whatever a task's input fits
record OpenAiDialect(EngineSettings settings, Optional<Api> api) implements Dialect {
  @Override
  public EngineRequest request(ObjectNode input) throws RunFailure {
    Api chosen = api.isPresent() ? api.get() : Api.of(input);
    chosen.check(input);
    ObjectNode body = settings.forEngine(input);
    if (chosen.isStreamed()) {
      body.put("stream", true);
      body.putObject("stream_options").put("include_usage", true);
    }
    return new EngineRequest(chosen.path(), body);
  }

  @Override
  public Assembly assembly(Timeline timeline, ExecutionOutput shown) {
    return new ChunkAssembly(timeline, shown);
  }

  @Override
  public JsonNode promptTokens(ObjectNode answer) {
    return answer.path("usage").path("prompt_tokens");
  }

  @Override
  public JsonNode completionTokens(ObjectNode answer) {
    return answer.path("usage").path("completion_tokens");
  }
}
