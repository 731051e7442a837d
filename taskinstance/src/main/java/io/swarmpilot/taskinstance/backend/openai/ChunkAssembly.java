package io.swarmpilot.taskinstance.backend.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Timeline;
import io.swarmpilot.taskinstance.backend.http.Assembly;
import io.swarmpilot.taskinstance.backend.http.EngineFailures;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.http.EngineMessage;
import io.swarmpilot.taskinstance.backend.http.MergedAnswer;
import java.util.Optional;
import java.util.Set;

/// The chunks of a chat or text completion, put together into the completion.
final class ChunkAssembly implements Assembly {
  private static final String DONE = "[DONE]";
  private static final Set<String> OUTPUT =
      Set.of("content", "reasoning", "reasoning_content", "refusal");

  private final SseParser events = new SseParser();
  private final MergedAnswer merged = new MergedAnswer();
  private final Timeline timeline;
  private final ExecutionOutput shown;
  private boolean done;

  ChunkAssembly(Timeline timeline, ExecutionOutput shown) {
    this.timeline = timeline;
    this.shown = shown;
  }

  @Override
  public boolean line(String line, long nanos) throws RunFailure {
    Optional<String> event = events.line(line);
    if (event.isPresent()) {
      event(event.get(), nanos);
    }
    return !done;
  }

  @Override
  public ObjectNode result() throws RunFailure {
    if (!done) {
      Optional<String> last = events.end();
      if (last.isPresent()) {
        event(last.get(), System.nanoTime());
      }
    }
    ObjectNode completion = merged.toObject();
    JsonNode choices = completion.path("choices");
    if (!done && !isFinished(choices)) {
      throw EngineFailures.crashed("the stream ended before the answer did");
    }
    if (choices.isEmpty()) {
      throw EngineFailures.failed("the stream held no output");
    }
    return withoutStreaming(completion);
  }

  private void event(String data, long nanos) throws RunFailure {
    if (data.strip().equals(DONE)) {
      done = true;
      return;
    }
    ObjectNode chunk =
        EngineJson.parse(data)
            .orElseThrow(() -> EngineFailures.failed("the stream held what is no JSON object"));
    if (EngineJson.has(chunk, "error")) {
      throw EngineFailures.failed(EngineMessage.in(chunk));
    }
    if (hasOutput(chunk)) {
      timeline.output(nanos);
      shown.emit(data);
    } else {
      shown.frame(data);
    }
    merged.add(chunk);
  }

  /// Chunks that only open a message, end it or count its tokens are no output.
  private static boolean hasOutput(ObjectNode chunk) {
    for (JsonNode choice : chunk.path("choices")) {
      JsonNode delta = choice.path("delta");
      boolean text = OUTPUT.stream().anyMatch(name -> !delta.path(name).asText("").isEmpty());
      if (text
          || !choice.path("text").asText("").isEmpty()
          || !delta.path("tool_calls").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFinished(JsonNode choices) {
    for (JsonNode choice : choices) {
      if (!EngineJson.has(choice, "finish_reason")) {
        return false;
      }
    }
    return !choices.isEmpty();
  }

  private static ObjectNode withoutStreaming(ObjectNode completion) {
    if (completion.path("object").asText().equals("chat.completion.chunk")) {
      completion.put("object", "chat.completion");
    }
    for (JsonNode choice : completion.path("choices")) {
      if (choice instanceof ObjectNode members
          && members.remove("delta") instanceof ObjectNode message) {
        message
            .path("tool_calls")
            .forEach(call -> {
              if (call instanceof ObjectNode tool) {
                tool.remove("index");
              }
            });
        members.set("message", message);
      }
    }
    return completion;
  }
}
