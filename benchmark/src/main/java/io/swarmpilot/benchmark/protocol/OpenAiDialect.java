package io.swarmpilot.benchmark.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.benchmark.prompts.Prompt;

/// Chats, completions and embeddings as OpenAI, vLLM, SGLang, llama.cpp and Ollama serve them.
final class OpenAiDialect implements Dialect {
  private final Aim aim;

  OpenAiDialect(Aim aim) {
    this.aim = aim;
  }

  @Override
  public String path() {
    return switch (aim.api()) {
      case OPENAI_COMPLETIONS -> "/v1/completions";
      case OPENAI_EMBEDDINGS -> "/v1/embeddings";
      default -> "/v1/chat/completions";
    };
  }

  @Override
  public byte[] body(Prompt prompt) {
    ObjectNode body = Json.object().put("model", aim.model());
    switch (aim.api()) {
      case OPENAI_EMBEDDINGS -> body.put("input", prompt.text());
      case OPENAI_COMPLETIONS -> generate(body.put("prompt", prompt.text()), prompt);
      default -> {
        body.putArray("messages").addObject().put("role", "user").put("content", prompt.text());
        generate(body, prompt);
      }
    }
    return Json.bytes(body);
  }

  @Override
  public Answer answer() {
    return streams() ? new SseAnswer() : new WholeAnswer(OpenAiDialect::usage);
  }

  private boolean streams() {
    return aim.stream() && aim.api() != Api.OPENAI_EMBEDDINGS;
  }

  private void generate(ObjectNode body, Prompt prompt) {
    int most = prompt.outputTokens() > 0 ? prompt.outputTokens() : aim.maxOutputTokens();
    if (most > 0) {
      body.put("max_tokens", most);
      if (aim.exactLength()) {
        body.put("min_tokens", most).put("ignore_eos", true);
      }
    }
    if (aim.stream()) {
      body.put("stream", true).putObject("stream_options").put("include_usage", true);
    }
  }

  /// The tokens that an answer or the last chunk of one reports.
  static Usage usage(JsonNode answer) {
    JsonNode usage = answer.path("usage");
    return new Usage(
        usage.path("prompt_tokens").asLong(),
        usage.path("completion_tokens").asLong(),
        usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
        usage.path("completion_tokens_details").path("reasoning_tokens").asLong(),
        usage.isObject());
  }
}
