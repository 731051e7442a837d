package io.swarmpilot.benchmark.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpResponse;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Usage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One task from its submission to its end, over as many exchanges as it takes.
final class MeshTask implements Reply {
  private static final Usage NO_TOKENS = new Usage(0, 0, 0, 0, true);
  private static final Duration MOST_WAIT = Duration.ofSeconds(30);

  private final Http1Client client;
  private final Reply reply;
  private final long deadline;
  private final long waitMillis;

  private volatile @Nullable AnswerReader exchange;
  private volatile boolean cancelled;
  private boolean sent;
  private JsonNode answer = Json.object();

  MeshTask(Http1Client client, Duration timeout, Reply reply) {
    this.client = client;
    this.reply = reply;
    this.deadline = System.nanoTime() + timeout.toNanos();
    this.waitMillis = Math.max(1, Math.min(MOST_WAIT.toMillis(), timeout.toMillis() / 2));
  }

  /// It was submitted; this is what is answered.
  void submitted(HttpResponse response) {
    read(response);
  }

  /// Breaks off the exchange under way. The task stays in the mesh.
  void cancel() {
    cancelled = true;
    AnswerReader reader = exchange;
    if (reader != null) {
      reader.cancel();
    }
  }

  @Override
  public void sent(long nanos) {
    if (!sent) {
      sent = true;
      reply.sent(nanos);
    }
  }

  @Override
  public void output(long nanos) {
    reply.output(nanos);
  }

  @Override
  public void done(long nanos, Usage usage) {
    String id = answer.path("task_id").asText("");
    if (answer.path("task_status").asText("").equals("completed")) {
      completed(nanos);
    } else if (id.isEmpty()) {
      reply.failed(nanos, Failure.of(Failure.Kind.EMPTY, "the answer names no task"));
    } else if (nanos - deadline > 0) {
      reply.failed(nanos, Failure.of(Failure.Kind.TIMEOUT, "not completed in time"));
    } else {
      String name = URLEncoder.encode(id, StandardCharsets.UTF_8);
      read(client.get("/task/wait?task_id=" + name + "&timeout_ms=" + waitMillis, this));
    }
  }

  @Override
  public void failed(long nanos, Failure failure) {
    reply.failed(nanos, failure);
  }

  private void completed(long nanos) {
    if (answer.path("success").asBoolean(true)) {
      reply.done(nanos, NO_TOKENS);
    } else {
      reply.failed(
          nanos,
          Failure.of(Failure.Kind.IN_STREAM, answer.path("error").asText("the task failed")));
    }
  }

  private void read(HttpResponse response) {
    AnswerReader reader = new AnswerReader(response, new WholeTask(), this);
    exchange = reader;
    response.subscribe(reader);
    if (cancelled) {
      reader.cancel();
    }
  }

  /// An answer that tells a task.
  private final class WholeTask implements Dialect.Answer {
    private final WholeAnswer whole = new WholeAnswer(_ -> NO_TOKENS);

    @Override
    public void bytes(byte[] bytes, long nanos, Reply told) {
      whole.bytes(bytes, nanos, told);
    }

    @Override
    public Usage end(long nanos, Reply told) throws AnswerException {
      answer = whole.object();
      return NO_TOKENS;
    }
  }
}
