package io.swarmpilot.taskinstance.backend.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.util.stream.Stream;

/// The parts of OpenAI's interface that tasks are sent to.
enum Api {
  CHAT("chat", "/chat/completions", "messages", true),
  COMPLETIONS("completions", "/completions", "prompt", true),
  EMBEDDINGS("embeddings", "/embeddings", "input", false);

  private final String setting;
  private final String path;
  private final String member;
  private final boolean streamed;

  Api(String setting, String path, String member, boolean streamed) {
    this.setting = setting;
    this.path = path;
    this.member = member;
    this.streamed = streamed;
  }

  /// The one whose input this is.
  static Api of(ObjectNode input) throws RunFailure {
    return Stream.of(values())
        .filter(api -> input.hasNonNull(api.member))
        .findFirst()
        .orElseThrow(() ->
            RunFailure.invalidInput(
                "input_data",
                "must have messages (chat), prompt (completions) or input (embeddings)"));
  }

  /// Its name in a configuration.
  String setting() {
    return setting;
  }

  /// Its path below the base address.
  String path() {
    return path;
  }

  /// Whether its answers come in pieces.
  boolean isStreamed() {
    return streamed;
  }

  /// Requires the member that its requests are about.
  void check(ObjectNode input) throws RunFailure {
    if (!input.hasNonNull(member)) {
      throw RunFailure.invalidInput("input_data." + member, "Field required");
    }
  }
}
