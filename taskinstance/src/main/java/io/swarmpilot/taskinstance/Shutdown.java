package io.swarmpilot.taskinstance;

import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.taskinstance.backend.BackendRegistry;
import io.swarmpilot.taskinstance.dispatch.DispatchEndpoint;
import io.swarmpilot.taskinstance.queue.TaskQueue;
import io.swarmpilot.taskinstance.registration.SelfRegistration;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Ends an instance step by step, so that the scheduler learns the fate of every task and direct
/// callers can still fetch their results while the last ones run.
///
/// @param queue the tasks
/// @param dispatch the scheduler's stream
/// @param server what serves both
/// @param backends what runs the tasks
/// @param threads what all of it runs on
record Shutdown(
    TaskQueue queue,
    DispatchEndpoint dispatch,
    MeshServer server,
    BackendRegistry backends,
    Threads threads) {
  // An execution that is told to end does so within milliseconds; one that does not is left behind.
  private static final Duration EVICTION = Duration.ofSeconds(1);
  private static final Duration ACKNOWLEDGEMENT = Duration.ofSeconds(1);
  private static final Duration LAST_CALLS = Duration.ofMillis(500);

  void run(Optional<SelfRegistration> registration, Duration grace) throws InterruptedException {
    registration.ifPresent(SelfRegistration::stop);
    CompletionStage<Void> empty = queue.drain();
    if (!await(empty, grace)) {
      queue.evict();
      await(empty, EVICTION);
    }
    if (dispatch.isOpen() && grace.isPositive()) {
      await(queue.settled(), ACKNOWLEDGEMENT);
    }
    dispatch.complete();
    server.drain(grace.isPositive() ? LAST_CALLS : Duration.ZERO);
    queue.replicas().stop(Integer.MAX_VALUE);
    backends.close();
    threads.drain(EVICTION);
  }

  private static boolean await(CompletionStage<Void> stage, Duration limit)
      throws InterruptedException {
    try {
      stage.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a stage that never fails failed", e);
    }
  }
}
