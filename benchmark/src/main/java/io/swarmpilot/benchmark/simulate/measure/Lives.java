package io.swarmpilot.benchmark.simulate.measure;

import java.util.Arrays;

/// When each task of a run started, answered and ended, in ns after the start.
public final class Lives {
  static final long NEVER = -1;

  private final long[] started;
  private final long[] answered;
  private final long[] ended;
  private final int[] replicas;

  /// Nothing has happened to these tasks yet.
  public Lives(int tasks) {
    started = new long[tasks];
    answered = new long[tasks];
    ended = new long[tasks];
    replicas = new int[tasks];
    Arrays.fill(started, NEVER);
    Arrays.fill(answered, NEVER);
    Arrays.fill(ended, NEVER);
  }

  /// A task has a slot of a replica; the latest time counts.
  public void started(int task, int replica, long at) {
    started[task] = at;
    replicas[task] = replica;
  }

  /// The first token of its answer is there.
  public void answered(int task, long at) {
    answered[task] = at;
  }

  /// It ended well.
  public void ended(int task, long at) {
    ended[task] = at;
  }

  int size() {
    return ended.length;
  }

  boolean hasEnded(int task) {
    return ended[task] != NEVER;
  }

  long startedAt(int task) {
    return started[task];
  }

  long answeredAt(int task) {
    return answered[task];
  }

  long endedAt(int task) {
    return ended[task];
  }

  int replica(int task) {
    return replicas[task];
  }
}
