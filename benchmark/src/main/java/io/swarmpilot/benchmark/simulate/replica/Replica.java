package io.swarmpilot.benchmark.simulate.replica;

import io.swarmpilot.benchmark.simulate.latency.HardwareLatency;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// A replica with slots. It reads one prompt at a time, during which nothing else goes on, and
/// otherwise generates a token for every task that has been read in each step; tasks without a slot
/// wait in order. With one slot that is one task after the other.
final class Replica {
  /// Nothing will happen.
  static final long NEVER = Long.MAX_VALUE;

  private static final double NANOS_A_MS = 1e6;
  private static final Comparator<Running> FIRST_TO_END =
      Comparator.comparingDouble((Running task) -> task.endsAfterSteps)
          .thenComparingInt(task -> task.task);

  private final int number;
  private final HardwareLatency latency;
  private final int slots;
  private final double slowness;
  private final BlockCache cache;
  private final ArrayDeque<Running> waiting = new ArrayDeque<>();
  private final ArrayDeque<Running> unread = new ArrayDeque<>();
  private final PriorityQueue<Running> generating = new PriorityQueue<>(FIRST_TO_END);
  private @Nullable Running reading;
  private long readAt;
  private long now;
  private double steps;
  private long cachedTokens;

  Replica(int number, HardwareLatency latency, int slots, double slowness, int cacheBlocks) {
    this.number = number;
    this.latency = latency;
    this.slots = slots;
    this.slowness = slowness;
    this.cache = new BlockCache(cacheBlocks);
  }

  /// Tasks it holds.
  int held() {
    return waiting.size() + running();
  }

  /// Whether it would read the prompt of a new task at once.
  boolean isReady() {
    return reading == null && unread.isEmpty() && running() < slots;
  }

  /// Tokens that it did not have to read.
  long cachedTokens() {
    return cachedTokens;
  }

  /// Takes a task.
  void add(Workload tasks, int task, long at, List<Notice> notices) {
    generate(at);
    int input = tasks.inputTokens(task);
    int hit = Math.min(input, BlockCache.TOKENS * cache.use(tasks.blocks(task)));
    cachedTokens += hit;
    double noise = slowness * tasks.noise(task);
    double read = Math.max(0, latency.promptMs(input) - (hit == 0 ? 0 : latency.promptMs(hit)));
    waiting.add(
        new Running(
            task, (long) Math.ceil(noise * read * NANOS_A_MS), noise * tasks.outputTokens(task)));
    startSome(notices);
  }

  /// Forgets all tasks, as a new process does.
  void restart(long at) {
    now = at;
    waiting.clear();
    unread.clear();
    generating.clear();
    reading = null;
  }

  /// When something happens next, [#NEVER] while it is idle.
  long next() {
    if (reading != null) {
      return readAt;
    }
    Running first = generating.peek();
    return first == null
        ? NEVER
        : now + Math.max(0, (long) Math.ceil((first.endsAfterSteps - steps) * stepNanos()));
  }

  /// Does what happens next.
  void happen(List<Notice> notices) {
    long at = next();
    Running read = reading;
    if (read != null) {
      now = at;
      reading = null;
      read.endsAfterSteps = steps + read.tokens;
      generating.add(read);
      notices.add(new Notice(Notice.What.FIRST_TOKEN, number, read.task));
    } else {
      Running ended = generating.remove();
      steps = ended.endsAfterSteps;
      now = at;
      notices.add(new Notice(Notice.What.ENDED, number, ended.task));
    }
    startSome(notices);
  }

  private int running() {
    return unread.size() + generating.size() + (reading == null ? 0 : 1);
  }

  private double stepNanos() {
    return latency.stepMs(generating.size()) * NANOS_A_MS;
  }

  /// Moves the clock to a moment before the next thing happens.
  private void generate(long at) {
    if (reading == null && !generating.isEmpty()) {
      steps += (at - now) / stepNanos();
    }
    now = at;
  }

  private void startSome(List<Notice> notices) {
    while (running() < slots && !waiting.isEmpty()) {
      Running next = waiting.remove();
      unread.add(next);
      notices.add(new Notice(Notice.What.STARTED, number, next.task));
    }
    if (reading == null && !unread.isEmpty()) {
      Running next = unread.remove();
      reading = next;
      readAt = now + next.readNanos;
    }
  }

  /// A task it holds.
  private static final class Running {
    final int task;
    final long readNanos;

    /// Steps it takes to generate its answer.
    final double tokens;

    /// After how many steps of the replica that is.
    double endsAfterSteps;

    Running(int task, long readNanos, double tokens) {
      this.task = task;
      this.readNanos = readNanos;
      this.tokens = tokens;
    }
  }
}
