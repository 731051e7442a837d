package io.swarmpilot.benchmark.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/// Does the same with several nodes at the same time.
public final class Parallel {
  private Parallel() {}

  /// What `work` answers for each item, in their order, each worked on by a virtual thread.
  public static <T, R> List<R> map(List<T> items, Function<T, R> work) {
    List<FutureTask<R>> tasks = new ArrayList<>();
    for (T item : items) {
      FutureTask<R> task = new FutureTask<>(() -> work.apply(item));
      tasks.add(task);
      Thread.ofVirtual().name("benchmark-node").start(task);
    }
    List<R> answers = new ArrayList<>();
    try {
      for (FutureTask<R> task : tasks) {
        answers.add(task.get());
      }
    } catch (InterruptedException e) {
      tasks.forEach(task -> task.cancel(true));
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for nodes", e);
    } catch (ExecutionException e) {
      tasks.forEach(task -> task.cancel(true));
      throw new IllegalStateException("a node's work failed: " + e.getCause(), e);
    }
    return answers;
  }
}
