package io.swarmpilot.benchmark.mock;

import com.linecorp.armeria.common.MediaType;

/// Embeddings of OpenAI's interface, which are not streamed.
///
/// @param model the model it is by
record EmbeddingForm(String model) implements Form {
  @Override
  public MediaType streamType() {
    return MediaType.JSON;
  }

  @Override
  public String piece(int index) {
    return "";
  }

  @Override
  public String end(Ask ask) {
    return whole(ask);
  }

  @Override
  public String errorInStream() {
    return "";
  }

  @Override
  public String whole(Ask ask) {
    return "{\"object\":\"list\",\"model\":\"%s\",\"data\":[{\"index\":0,\"embedding\":[0.6,0.8]}],\"usage\":{\"prompt_tokens\":%d,\"total_tokens\":%d}}"
        .formatted(OpenAiForm.quoted(model), ask.inputTokens(), ask.inputTokens());
  }
}
