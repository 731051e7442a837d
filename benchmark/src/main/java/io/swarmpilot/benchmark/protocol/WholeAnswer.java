package io.swarmpilot.benchmark.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.taskinstance.backend.http.EngineMessage;
import java.io.ByteArrayOutputStream;
import java.util.function.Function;

/// An answer in one piece: an object of JSON. It has no first piece of output and no gaps.
final class WholeAnswer implements Dialect.Answer {
  private final Function<JsonNode, Usage> usage;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  WholeAnswer(Function<JsonNode, Usage> usage) {
    this.usage = usage;
  }

  @Override
  public void bytes(byte[] bytes, long nanos, Reply reply) {
    body.writeBytes(bytes);
  }

  @Override
  public Usage end(long nanos, Reply reply) throws AnswerException {
    ObjectNode answer = object();
    if (answer.hasNonNull("error")) {
      throw new AnswerException(Failure.Kind.IN_STREAM, EngineMessage.in(answer));
    }
    return usage.apply(answer);
  }

  /// The object, in which an `error` is a member like others.
  ///
  /// @throws AnswerException when it is none
  ObjectNode object() throws AnswerException {
    return Json.parse(body.toByteArray())
        .orElseThrow(() -> new AnswerException(Failure.Kind.EMPTY, "the answer is no JSON object"));
  }
}
