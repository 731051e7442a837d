package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.swarmpilot.runtime.BuildInfo;
import io.swarmpilot.taskinstance.backend.Cancellation;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A replica that lets time pass. One execution at a time.
final class SimulatedReplica implements Replica {
  private static final double NANOS_PER_MS = 1e6;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SimulationSettings settings;

  SimulatedReplica(SimulationSettings settings) {
    this.settings = settings;
  }

  @Override
  public Software software() {
    return new Software("simulated", BuildInfo.version());
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public String run(Execution execution) throws RunFailure {
    SplittableRandom random =
        new SplittableRandom(settings.seed() * 31 + execution.taskId().hashCode());
    double latencyMs =
        settings.latencyField().isEmpty()
            ? settings.latency().draw(random)
            : toldBy(execution.input());
    pass(latencyMs, execution.cancellation());
    if (random.nextDouble() < settings.failureRate()) {
      throw new RunFailure(RunFailure.Kind.EXECUTION, "simulated failure");
    }
    return "{\"output\":\"simulated\",\"latency_ms\":" + latencyMs + "}";
  }

  @Override
  public void close() {}

  private double toldBy(String input) throws RunFailure {
    String field = settings.latencyField();
    JsonNode told = MissingNode.getInstance();
    try {
      told = JSON.readTree(input).path(field);
    } catch (JsonProcessingException e) {
      // Told below, as for an input without the field.
    }
    double ms = told.isNumber() ? told.doubleValue() : Double.NaN;
    if (ms >= 0 && ms <= SimulationSettings.MAX_MS) {
      return ms;
    }
    throw RunFailure.invalidInput(
        "input_data." + field, "must be how long the execution takes, 0 to 3,600,000 milliseconds");
  }

  private static void pass(double ms, Cancellation cancellation) throws RunFailure {
    long nanos = (long) (ms * NANOS_PER_MS);
    if (nanos > 0 && !cancellation.isRequested()) {
      CountDownLatch cancelled = new CountDownLatch(1);
      try (var _ = cancellation.onRequest(cancelled::countDown)) {
        boolean _ = cancelled.await(nanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw RunFailure.cancelled();
      }
    }
    cancellation.throwIfRequested();
  }
}
