package io.swarmpilot.taskinstance.backend.ollama;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.http.Assembly;
import io.swarmpilot.taskinstance.backend.http.EngineFailures;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.http.EngineMessage;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The course of a download: one JSON object a line, the last one says `success`. Tells the log
/// about it every few seconds.
final class PullProgress implements Assembly {
  private static final Logger log = LoggerFactory.getLogger(PullProgress.class);
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String SUCCESS = "success";

  private final String model;
  private ObjectNode last = EngineJson.object();
  private long loggedAt = System.nanoTime();
  private boolean done;

  PullProgress(String model) {
    this.model = model;
  }

  /// Whether a download failed because there is no such model anywhere.
  static boolean isUnknownModel(RunFailure failure) {
    String message = failure.message().toLowerCase(Locale.ROOT);
    return message.contains("file does not exist") || message.contains("not found");
  }

  @Override
  public boolean line(String line, long nanos) throws RunFailure {
    if (line.isBlank()) {
      return !done;
    }
    last =
        EngineJson.parse(line)
            .orElseThrow(() -> EngineFailures.failed("the stream held what is no JSON object"));
    if (EngineJson.has(last, "error")) {
      throw EngineFailures.failed(EngineMessage.in(last));
    }
    done = last.path("status").asText().equals(SUCCESS);
    if (nanos - loggedAt >= PAUSE_NANOS) {
      loggedAt = nanos;
      log.info("pulling {}: {}", model, describe());
    }
    return !done;
  }

  @Override
  public ObjectNode result() throws RunFailure {
    if (!done) {
      throw EngineFailures.crashed("the download ended before it was complete");
    }
    return last;
  }

  /// What the engine said last: "pulling 8eeb52dfb3bb, 41 %".
  String describe() {
    String status = last.path("status").asText();
    long total = last.path("total").asLong();
    return total > 0
        ? status + ", " + 100 * last.path("completed").asLong() / total + " %"
        : status;
  }
}
