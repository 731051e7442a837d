package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.taskinstance.backend.EngineLoad;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.OutputTimes;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.Timeline;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A replica whose tasks are requests to a server. The result of a task is the server's answer in
/// one piece, with `timings`: when its output came, and how many tokens it had.
public final class EngineReplica implements Replica {
  private static final String TIMINGS = "timings";

  private final Software software;
  private final HttpEngine engine;
  private final Dialect dialect;
  private final EngineWatch watch;
  private final AtomicInteger running = new AtomicInteger();

  /// A replica that owns its connections.
  ///
  /// @param probes where the engine is asked how it is, from when somebody listens
  public EngineReplica(Software software, HttpEngine engine, Dialect dialect, EngineProbes probes) {
    this.software = software;
    this.engine = engine;
    this.dialect = dialect;
    this.watch = new EngineWatch(engine, probes, running::get);
  }

  @Override
  public Software software() {
    return software;
  }

  @Override
  public int slots() {
    return watch.slots();
  }

  @Override
  public ReplicaState state() {
    return watch.state();
  }

  @Override
  public Optional<EngineLoad> load() {
    return watch.load();
  }

  @Override
  public void onStateChange(Runnable listener) {
    watch.start(listener);
  }

  @Override
  public String run(Execution execution) throws RunFailure {
    int _ = running.incrementAndGet();
    try {
      return EngineJson.write(ask(execution));
    } catch (RunFailure failure) {
      if (failure.fault() == Fault.UNREACHABLE || failure.fault() == Fault.CRASHED) {
        watch.suspect();
      }
      throw engine.settings().hideKeyIn(failure);
    } finally {
      int _ = running.decrementAndGet();
    }
  }

  @Override
  public void close() {
    watch.close();
    engine.close();
  }

  private ObjectNode ask(Execution execution) throws RunFailure {
    ObjectNode input =
        EngineJson.parse(execution.input())
            .orElseThrow(() -> RunFailure.invalidInput("input_data", "must be a JSON object"));
    EngineRequest request = dialect.request(input);
    try (Exchange exchange = engine.post(request, execution)) {
      Timeline timeline = new Timeline(exchange.start());
      ObjectNode answer =
          exchange.isWhole()
              ? whole(exchange, timeline)
              : streamed(exchange, timeline, execution.output());
      JsonNode prompt = dialect.promptTokens(answer);
      JsonNode completion = dialect.completionTokens(answer);
      execution.output().tokens(prompt.asLong(-1), completion.asLong(-1));
      return withTimings(answer, timeline.times(), prompt, completion);
    }
  }

  private ObjectNode streamed(Exchange exchange, Timeline timeline, ExecutionOutput shown)
      throws RunFailure {
    Assembly assembly = dialect.assembly(timeline, shown);
    exchange.readInto(assembly);
    return assembly.result();
  }

  private static ObjectNode whole(Exchange exchange, Timeline timeline) throws RunFailure {
    String text = exchange.readAll();
    timeline.output(System.nanoTime());
    ObjectNode answer =
        EngineJson.parse(text)
            .orElseThrow(() -> EngineFailures.failed("the answer is no JSON object"));
    if (EngineJson.has(answer, "error")) {
      throw EngineFailures.failed(EngineMessage.in(answer));
    }
    return answer;
  }

  private static ObjectNode withTimings(
      ObjectNode answer, OutputTimes times, JsonNode prompt, JsonNode completion) {
    ObjectNode timings = EngineJson.object();
    write(times, timings);
    put(timings, "prompt_tokens", prompt);
    put(timings, "completion_tokens", completion);
    if (EngineJson.has(answer, TIMINGS)) {
      answer.set("engine_timings", answer.get(TIMINGS));
    }
    answer.set(TIMINGS, timings);
    return answer;
  }

  /// Nothing without output, no gaps below two pieces.
  private static void write(OutputTimes times, ObjectNode to) {
    to.put("outputs", times.pieces());
    if (times.pieces() > 0) {
      to.put("time_to_first_output_ms", times.firstMs());
      to.put("total_ms", times.lastMs());
    }
    if (times.pieces() > 1) {
      to.put("gap_mean_ms", times.gapMeanMs());
      to.put("gap_p50_ms", times.gapP50Ms());
      to.put("gap_p99_ms", times.gapP99Ms());
      to.put("gap_max_ms", times.gapMaxMs());
    }
  }

  private static void put(ObjectNode to, String name, JsonNode value) {
    if (value.isIntegralNumber()) {
      to.set(name, value);
    }
  }
}
