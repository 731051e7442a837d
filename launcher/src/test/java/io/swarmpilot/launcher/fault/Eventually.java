package io.swarmpilot.launcher.fault;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits for what another process does without telling: asks every 25 ms, up to a limit.
public final class Eventually {
  private static final long PAUSE_MS = 25;

  private Eventually() {}

  /// Returns how long it took until the condition held.
  ///
  /// @throws AssertionError when it does not hold within the limit, or fails
  public static Duration holds(String what, Duration limit, Condition condition)
      throws InterruptedException {
    long start = System.nanoTime();
    CompletableFuture<Duration> held = new CompletableFuture<>();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      ScheduledFuture<?> probe =
          clock.scheduleWithFixedDelay(
              () -> ask(condition, start, held), 0, PAUSE_MS, TimeUnit.MILLISECONDS);
      Duration after = held.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      probe.cancel(false);
      return after;
    } catch (TimeoutException e) {
      throw new AssertionError("not within " + limit.toMillis() + " ms: " + what, e);
    } catch (ExecutionException e) {
      throw new AssertionError("while waiting until " + what, e.getCause());
    } finally {
      clock.shutdownNow();
    }
  }

  private static void ask(Condition condition, long start, CompletableFuture<Duration> held) {
    try {
      if (condition.holds()) {
        held.complete(Duration.ofNanos(System.nanoTime() - start));
      }
    } catch (Exception | AssertionError e) {
      held.completeExceptionally(e);
    }
  }

  /// Something that becomes true.
  @FunctionalInterface
  public interface Condition {
    /// Whether it is true now.
    boolean holds() throws Exception;
  }
}
