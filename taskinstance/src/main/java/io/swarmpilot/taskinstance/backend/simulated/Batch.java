package io.swarmpilot.taskinstance.backend.simulated;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// The executions that run on a replica at the same moment.
final class Batch {
  private final AtomicInteger running = new AtomicInteger();
  private final Set<Semaphore> attentive = ConcurrentHashMap.newKeySet();

  /// How many run.
  int size() {
    return running.get();
  }

  /// Joins; whoever is attentive is woken by that, and when the member leaves.
  ///
  /// @param bell rung when others join or leave
  /// @param attentively whether it makes a difference to the new one
  Member join(Semaphore bell, boolean attentively) {
    int _ = running.incrementAndGet();
    ring();
    if (attentively) {
      attentive.add(bell);
    }
    return () -> {
      attentive.remove(bell);
      int _ = running.decrementAndGet();
      ring();
    };
  }

  private void ring() {
    attentive.forEach(Semaphore::release);
  }

  /// A place in the batch.
  @FunctionalInterface
  interface Member extends AutoCloseable {
    /// Leaves.
    @Override
    void close();
  }
}
