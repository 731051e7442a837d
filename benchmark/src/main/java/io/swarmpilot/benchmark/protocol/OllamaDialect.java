package io.swarmpilot.benchmark.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.benchmark.prompts.Prompt;

/// Ollama's own `POST /api/generate`.
final class OllamaDialect implements Dialect {
  private final Aim aim;

  OllamaDialect(Aim aim) {
    this.aim = aim;
  }

  @Override
  public String path() {
    return "/api/generate";
  }

  @Override
  public byte[] body(Prompt prompt) {
    ObjectNode body =
        Json.object()
            .put("model", aim.model())
            .put("prompt", prompt.text())
            .put("stream", aim.stream());
    int most = prompt.outputTokens() > 0 ? prompt.outputTokens() : aim.maxOutputTokens();
    if (most > 0) {
      body.putObject("options").put("num_predict", most);
    }
    return Json.bytes(body);
  }

  @Override
  public Answer answer() {
    return aim.stream() ? new NdjsonAnswer() : new WholeAnswer(OllamaDialect::usage);
  }

  /// The tokens that an answer or the last line of one reports.
  static Usage usage(JsonNode last) {
    return new Usage(
        last.path("prompt_eval_count").asLong(),
        last.path("eval_count").asLong(),
        0,
        0,
        last.has("eval_count"));
  }
}
