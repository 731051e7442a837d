package io.swarmpilot.benchmark.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.taskinstance.backend.http.EngineMessage;
import io.swarmpilot.taskinstance.backend.http.LineSplitter;
import io.swarmpilot.taskinstance.backend.openai.SseParser;
import java.util.List;
import java.util.Optional;

/// A chat or completion that is streamed as server-sent events.
final class SseAnswer implements Dialect.Answer {
  private static final String DONE = "[DONE]";
  private static final List<String> OUTPUT =
      List.of("content", "reasoning", "reasoning_content", "refusal");

  private final LineSplitter lines = new LineSplitter();
  private final SseParser events = new SseParser();
  private Optional<Usage> usage = Optional.empty();
  private long pieces;
  private boolean finished;
  private boolean done;

  @Override
  public void bytes(byte[] bytes, long nanos, Reply reply) throws AnswerException {
    for (String line : lines.split(bytes, bytes.length)) {
      Optional<String> event = events.line(line);
      if (event.isPresent()) {
        event(event.get(), nanos, reply);
      }
    }
  }

  @Override
  public Usage end(long nanos, Reply reply) throws AnswerException {
    // A last line without an end is part of an event only the sender knows to be complete.
    Optional<String> inLine = events.line(lines.rest());
    Optional<String> last = inLine.isPresent() ? inLine : events.end();
    if (last.isPresent() && !done) {
      event(last.get(), nanos, reply);
    }
    if (!done && !finished) {
      throw new AnswerException(Failure.Kind.TRUNCATED, "the stream ended before the answer did");
    }
    if (pieces == 0) {
      throw new AnswerException(Failure.Kind.EMPTY, "the stream held no output");
    }
    return usage.orElseGet(() -> Usage.counted(pieces));
  }

  private void event(String data, long nanos, Reply reply) throws AnswerException {
    if (data.strip().equals(DONE)) {
      done = true;
      return;
    }
    ObjectNode chunk =
        Json.parse(data)
            .orElseThrow(() ->
                new AnswerException(
                    Failure.Kind.IN_STREAM, "the stream held what is no JSON object"));
    if (chunk.hasNonNull("error")) {
      throw new AnswerException(Failure.Kind.IN_STREAM, EngineMessage.in(chunk));
    }
    if (chunk.path("usage").isObject()) {
      usage = Optional.of(OpenAiDialect.usage(chunk));
    }
    for (JsonNode choice : chunk.path("choices")) {
      finished |= choice.hasNonNull("finish_reason");
      if (isOutput(choice)) {
        pieces++;
        reply.output(nanos);
        return;
      }
    }
  }

  /// Chunks that only open a message, end it or count its tokens are no output.
  private static boolean isOutput(JsonNode choice) {
    JsonNode delta = choice.path("delta");
    for (String name : OUTPUT) {
      if (!delta.path(name).asText("").isEmpty()) {
        return true;
      }
    }
    return !choice.path("text").asText("").isEmpty() || !delta.path("tool_calls").isEmpty();
  }
}
