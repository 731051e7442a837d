package io.swarmpilot.benchmark.mock;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.linecorp.armeria.common.MediaType;

/// Chats and completions of OpenAI's interface.
///
/// @param chat whether it is a chat
/// @param id id of the answer
/// @param model the model it is by
record OpenAiForm(boolean chat, String id, String model) implements Form {
  @Override
  public MediaType streamType() {
    return MediaType.EVENT_STREAM;
  }

  @Override
  public String piece(int index) {
    String content = chat ? "\"delta\":{\"content\":\" word\"}" : "\"text\":\" word\"";
    return event("[{\"index\":0," + content + ",\"finish_reason\":null}]", "");
  }

  @Override
  public String end(Ask ask) {
    String last = chat ? "\"delta\":{}" : "\"text\":\"\"";
    String end = event("[{\"index\":0," + last + ",\"finish_reason\":\"length\"}]", "");
    return end + (ask.usage() ? event("[]", "," + usage(ask)) : "") + "data: [DONE]\n\n";
  }

  @Override
  public String errorInStream() {
    return "data: {\"error\":{\"message\":\"the engine failed as its script says\",\"code\":500}}\n\n";
  }

  @Override
  public String whole(Ask ask) {
    String text = " word".repeat(ask.outputTokens());
    String content =
        chat
            ? "\"message\":{\"role\":\"assistant\",\"content\":\"" + text + "\"}"
            : "\"text\":\"" + text + "\"";
    return head()
        + "\"object\":\""
        + (chat ? "chat.completion" : "text_completion")
        + "\",\"choices\":[{\"index\":0,"
        + content
        + ",\"finish_reason\":\"length\"}],"
        + usage(ask)
        + "}";
  }

  private String event(String choices, String more) {
    String object = chat ? "chat.completion.chunk" : "text_completion";
    return "data: "
        + head()
        + "\"object\":\""
        + object
        + "\",\"choices\":"
        + choices
        + more
        + "}\n\n";
  }

  private String head() {
    return "{\"id\":\"" + id + "\",\"model\":\"" + quoted(model) + "\",";
  }

  static String usage(Ask ask) {
    int total = ask.inputTokens() + ask.outputTokens();
    return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
        .formatted(ask.inputTokens(), ask.outputTokens(), total);
  }

  /// A text as it may stand between quotes.
  static String quoted(String text) {
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text));
  }
}
