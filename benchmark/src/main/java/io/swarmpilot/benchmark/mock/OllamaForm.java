package io.swarmpilot.benchmark.mock;

import com.linecorp.armeria.common.MediaType;

/// Ollama's `generate`, or its `chat`.
///
/// @param chat whether it is a chat
/// @param model the model it is by
record OllamaForm(boolean chat, String model) implements Form {
  @Override
  public MediaType streamType() {
    return MediaType.create("application", "x-ndjson");
  }

  @Override
  public String piece(int index) {
    return line(" word", "\"done\":false");
  }

  @Override
  public String end(Ask ask) {
    return line("", done(ask));
  }

  @Override
  public String errorInStream() {
    return "{\"error\":\"the engine failed as its script says\"}\n";
  }

  @Override
  public String whole(Ask ask) {
    return line(" word".repeat(ask.outputTokens()), done(ask));
  }

  private String line(String text, String rest) {
    String content =
        chat
            ? "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}"
            : "\"response\":\"" + text + "\"";
    return "{\"model\":\"" + OpenAiForm.quoted(model) + "\"," + content + "," + rest + "}\n";
  }

  private static String done(Ask ask) {
    return "\"done\":true,\"done_reason\":\"length\",\"prompt_eval_count\":%d,\"eval_count\":%d"
        .formatted(ask.inputTokens(), ask.outputTokens());
  }
}
