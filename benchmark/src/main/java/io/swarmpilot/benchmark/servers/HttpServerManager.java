package io.swarmpilot.benchmark.servers;

import io.swarmpilot.benchmark.http.Endpoint;
import io.swarmpilot.benchmark.http.HttpCalls;
import io.swarmpilot.benchmark.http.Parallel;
import io.swarmpilot.benchmark.http.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A manager of servers that speak HTTP: all of them at the same time, each until it is ready or
/// the time is up.
public abstract class HttpServerManager extends BaseServerManager {
  private static final Duration PER_CALL = Duration.ofSeconds(5);

  /// A manager for a configuration.
  protected HttpServerManager(Map<String, ? extends @Nullable Object> config) {
    super(config);
  }

  /// Pause between two attempts where the configuration says nothing.
  protected Duration defaultInterval() {
    return Duration.ofSeconds(2);
  }

  /// Which servers answer for all; the others are behind them.
  protected List<String> spokesmen(List<String> endpoints) {
    return endpoints;
  }

  @Override
  public boolean verifyHealth(List<String> endpoints, int timeoutSeconds) {
    String path = config().text("health_check.endpoint").orElseGet(this::getHealthCheckEndpoint);
    return every(
        endpoints,
        timeoutSeconds,
        endpoint -> {
          Reply reply = HttpCalls.get(endpoint.path(path), PER_CALL);
          boolean healthy = reply instanceof Reply.Answered answered && answered.isOk();
          return healthy ? Optional.empty() : Optional.of(reply.problem());
        });
  }

  /// Asks every server again and again until `attempt` has nothing to complain about; false, and
  /// each last complaint told, when that does not happen in time. There is always one attempt.
  protected final boolean every(
      List<String> endpoints, int timeoutSeconds, Function<Endpoint, Optional<String>> attempt) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
    List<Boolean> ready =
        Parallel.map(spokesmen(endpoints), endpoint -> untilReady(endpoint, deadline, attempt));
    return !ready.isEmpty() && ready.stream().allMatch(Boolean::booleanValue);
  }

  /// The address of a server; absent, and told, when it is none.
  protected final Optional<Endpoint> endpoint(String text) {
    try {
      return Optional.of(Endpoint.parse(text, getDefaultPort()));
    } catch (IllegalArgumentException e) {
      problem(text, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private boolean untilReady(
      String name, long deadline, Function<Endpoint, Optional<String>> attempt) {
    Optional<Endpoint> endpoint = endpoint(name);
    if (endpoint.isEmpty()) {
      return false;
    }
    while (true) {
      Optional<String> complaint = attempt.apply(endpoint.get());
      if (complaint.isEmpty()) {
        return true;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || !pause(Math.min(left, interval().toNanos()))) {
        problem(name, complaint.get());
        return false;
      }
    }
  }

  private Duration interval() {
    return config().whole("health_check.interval").isPresent()
        ? Duration.ofSeconds(config().whole("health_check.interval").getAsLong())
        : defaultInterval();
  }

  private static boolean pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
