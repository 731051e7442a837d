package io.swarmpilot.taskinstance.backend.ollama;

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

/// An answer of one JSON object a line; the last one has `done` and the durations, ns.
final class NdjsonAssembly implements Assembly {
  private final MergedAnswer merged = new MergedAnswer();
  private final Timeline timeline;
  private final ExecutionOutput shown;
  private boolean done;

  NdjsonAssembly(Timeline timeline, ExecutionOutput shown) {
    this.timeline = timeline;
    this.shown = shown;
  }

  @Override
  public boolean line(String line, long nanos) throws RunFailure {
    if (line.isBlank()) {
      return !done;
    }
    ObjectNode piece =
        EngineJson.parse(line)
            .orElseThrow(() -> EngineFailures.failed("the stream held what is no JSON object"));
    if (EngineJson.has(piece, "error")) {
      throw EngineFailures.failed(EngineMessage.in(piece));
    }
    if (hasOutput(piece) || hasOutput(piece.path("message"))) {
      timeline.output(nanos);
      shown.emit(line);
    } else {
      shown.frame(line);
    }
    merged.add(piece);
    done = piece.path("done").asBoolean();
    return !done;
  }

  @Override
  public ObjectNode result() throws RunFailure {
    if (!done) {
      throw EngineFailures.crashed("the stream ended before the answer did");
    }
    return merged.toObject();
  }

  private static boolean hasOutput(JsonNode piece) {
    return !piece.path("response").asText("").isEmpty()
        || !piece.path("content").asText("").isEmpty()
        || !piece.path("thinking").asText("").isEmpty()
        || !piece.path("tool_calls").isEmpty();
  }
}
