package io.swarmpilot.taskinstance.backend.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Timeline;
import io.swarmpilot.taskinstance.backend.http.Assembly;
import io.swarmpilot.taskinstance.backend.http.Dialect;
import io.swarmpilot.taskinstance.backend.http.EngineRequest;
import io.swarmpilot.taskinstance.backend.http.EngineSettings;

/// Requests and answers as Ollama defines them.
///
/// @param settings the engine
record OllamaDialect(EngineSettings settings) implements Dialect {
  @Override
  public EngineRequest request(ObjectNode input) throws RunFailure {
    OllamaApi api = OllamaApi.of(input);
    return new EngineRequest(api.path(), settings.forEngine(input).put("stream", true));
  }

  @Override
  public Assembly assembly(Timeline timeline, ExecutionOutput shown) {
    return new NdjsonAssembly(timeline, shown);
  }

  @Override
  public JsonNode promptTokens(ObjectNode answer) {
    return answer.path("prompt_eval_count");
  }

  @Override
  public JsonNode completionTokens(ObjectNode answer) {
    return answer.path("eval_count");
  }
}
