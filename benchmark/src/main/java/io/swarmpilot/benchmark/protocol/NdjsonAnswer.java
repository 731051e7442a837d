package io.swarmpilot.benchmark.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.taskinstance.backend.http.EngineMessage;
import io.swarmpilot.taskinstance.backend.http.LineSplitter;
import java.util.Optional;

/// An answer of Ollama that is streamed as one object to a line; the last one says so.
final class NdjsonAnswer implements Dialect.Answer {
  private final LineSplitter lines = new LineSplitter();
  private Optional<Usage> usage = Optional.empty();
  private long pieces;

  @Override
  public void bytes(byte[] bytes, long nanos, Reply reply) throws AnswerException {
    for (String line : lines.split(bytes, bytes.length)) {
      line(line, nanos, reply);
    }
  }

  @Override
  public Usage end(long nanos, Reply reply) throws AnswerException {
    line(lines.rest(), nanos, reply);
    Usage told =
        usage.orElseThrow(() ->
            new AnswerException(Failure.Kind.TRUNCATED, "the stream ended before the answer did"));
    if (pieces == 0) {
      throw new AnswerException(Failure.Kind.EMPTY, "the stream held no output");
    }
    return told.reported() ? told : Usage.counted(pieces);
  }

  private void line(String line, long nanos, Reply reply) throws AnswerException {
    if (line.isBlank()) {
      return;
    }
    ObjectNode part =
        Json.parse(line)
            .orElseThrow(() ->
                new AnswerException(
                    Failure.Kind.IN_STREAM, "the stream held what is no JSON object"));
    if (part.hasNonNull("error")) {
      throw new AnswerException(Failure.Kind.IN_STREAM, EngineMessage.in(part));
    }
    if (!part.path("response").asText("").isEmpty()
        || !part.path("thinking").asText("").isEmpty()) {
      pieces++;
      reply.output(nanos);
    }
    if (part.path("done").asBoolean()) {
      usage = Optional.of(OllamaDialect.usage(part));
    }
  }
}
