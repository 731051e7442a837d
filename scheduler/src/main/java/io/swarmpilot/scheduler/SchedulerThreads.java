package io.swarmpilot.scheduler;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the parts of a scheduler run on beside the loop's own thread.
///
/// @param outbound answers callers and tells instances
/// @param timer does what is due now and then
/// @param blocking runs what blocks, each on a virtual thread
/// @param http client for foreign instances
record SchedulerThreads(
    ExecutorService outbound,
    ScheduledExecutorService timer,
    ExecutorService blocking,
    HttpClient http) {
  private static final Logger log = LoggerFactory.getLogger(SchedulerThreads.class);
  private static final int MAX_WAITING_ANSWERS = 1_024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(800);

  static SchedulerThreads start() {
    ExecutorService blocking =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("scheduler-blocking-", 0).factory());
    return new SchedulerThreads(
        // When answers pile up the loop helps out, which slows it down to what callers take.
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING_ANSWERS),
            Thread.ofPlatform().name("scheduler-outbound").daemon().factory(),
            new ThreadPoolExecutor.CallerRunsPolicy()),
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("scheduler-timer").daemon().factory()),
        blocking,
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .executor(blocking)
            .build());
  }

  /// Runs a task again and again, with a pause in between; one that fails is run again all the
  /// same.
  void every(long pauseMs, Runnable task) {
    // Failures are logged below; it ends with the timer.
    ScheduledFuture<?> _ =
        timer.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                log.error("a recurring task failed", e);
              }
            },
            pauseMs,
            pauseMs,
            TimeUnit.MILLISECONDS);
  }

  void close() {
    timer.shutdownNow();
    outbound.shutdownNow();
    http.shutdownNow();
    blocking.shutdownNow();
  }
}
