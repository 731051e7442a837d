package io.swarmpilot.benchmark.executor;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.executor.WorkloadState.Phase;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Outcome;
import io.swarmpilot.benchmark.measure.Slo;
import io.swarmpilot.benchmark.measure.Tally;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.benchmark.measure.Window;
import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A workload whose clients are threads of somebody's code. Code that does not end when it is
/// interrupted is left to itself: what it still does is written down nowhere.
final class ThreadsWorkload implements RunningWorkload, RequestLog {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final WorkloadSettings settings;
  private final Tally tally;
  private final long origin;
  private final long end;
  private final List<Thread> clients = new ArrayList<>();
  private Optional<String> failure = Optional.empty();
  private int active;
  private boolean stopped;
  private long last;

  private ThreadsWorkload(WorkloadSettings settings) {
    this.settings = settings;
    Window window = Window.after(settings.warmup(), settings.duration());
    this.tally = new Tally(window, Slo.NONE);
    this.end = window.until();
    double wait = settings.startAt().orElse(0) - System.currentTimeMillis() / 1e3;
    this.origin = System.nanoTime() + Math.round(Math.max(0, wait) * 1e9);
    this.active = settings.clients();
  }

  static ThreadsWorkload start(WorkloadSettings settings, ThreadsRunner.ClientCode code) {
    ThreadsWorkload workload = new ThreadsWorkload(settings);
    for (int i = 0; i < settings.clients(); i++) {
      int threadId = i;
      workload.clients.add(
          Thread.ofVirtual()
              .name("benchmark-client-" + i)
              .unstarted(() -> workload.client(code, threadId)));
    }
    workload.clients.forEach(Thread::start);
    return workload;
  }

  private void client(ThreadsRunner.ClientCode code, int threadId) {
    try {
      TimeUnit.NANOSECONDS.sleep(origin - System.nanoTime());
      code.run(settings, threadId, this);
    } catch (InterruptedException e) {
      // Somebody stopped it.
    } catch (Exception e) {
      fail("client " + threadId + ": " + e);
    } finally {
      leave();
    }
  }

  @Override
  public synchronized boolean goesOn() {
    return !stopped && failure.isEmpty() && now() < end && !Thread.currentThread().isInterrupted();
  }

  @Override
  public void request(Callable<?> request) {
    long sent = begin();
    Optional<Failure> went;
    try {
      request.call();
      went = Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      went = Optional.of(Failure.of(Failure.Kind.CUT, "stopped"));
    } catch (TimeoutException | SocketTimeoutException e) {
      went = Optional.of(Failure.of(Failure.Kind.TIMEOUT, String.valueOf(e.getMessage())));
    } catch (Exception e) {
      went = Optional.of(Failure.of(Failure.Kind.IN_STREAM, e.toString()));
    }
    end(sent, went);
  }

  @Override
  public synchronized WorkloadState state() {
    long now = active == 0 ? last : Math.max(0, now());
    return new WorkloadState(
        phase(now),
        now / 1e9,
        active == 0 ? 1 : Math.min(1, (double) now / end),
        active,
        tally.read(now),
        failure,
        List.of());
  }

  @Override
  public void stop() {
    synchronized (this) {
      stopped = stopped || active > 0;
    }
    clients.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (Thread client : clients) {
      try {
        boolean _ = client.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    abandon();
  }

  private Phase phase(long now) {
    if (active == 0) {
      return failure.isPresent() ? Phase.FAILED : stopped ? Phase.STOPPED : Phase.FINISHED;
    }
    if (now <= 0) {
      return Phase.WAITING;
    }
    if (now < settings.warmup().toNanos()) {
      return Phase.WARMUP;
    }
    return now < end ? Phase.MEASURING : Phase.DRAINING;
  }

  private synchronized long begin() {
    long now = Math.max(last, now());
    last = now;
    if (active > 0) {
      tally.sent(now);
    }
    return now;
  }

  private synchronized void end(long sent, Optional<Failure> went) {
    if (active == 0) {
      return;
    }
    last = Math.max(last, now());
    tally.ended(
        new Outcome(sent, sent, sent, last, ImmutableLongArray.of(), Usage.counted(0), 0, went));
  }

  private synchronized void fail(String why) {
    failure = failure.isPresent() ? failure : Optional.of(why);
  }

  private synchronized void leave() {
    if (active > 0 && --active == 0) {
      last = Math.max(last, now());
    }
  }

  private synchronized void abandon() {
    if (active > 0) {
      active = 0;
      last = Math.max(last, now());
    }
  }

  private long now() {
    return System.nanoTime() - origin;
  }
}
