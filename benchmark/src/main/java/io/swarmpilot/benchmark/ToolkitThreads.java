package io.swarmpilot.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/// What the toolkit's observers run on. Whoever starts one of these ends it.
public final class ToolkitThreads {
  private ToolkitThreads() {}

  /// One thread that keeps no process alive, for what is done again and again.
  public static ScheduledExecutorService timer(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name(name).factory());
  }

  /// A virtual thread for each task, of which there must be a bound elsewhere.
  public static ExecutorService perTask(String prefix) {
    return Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(prefix, 0).factory());
  }
}
