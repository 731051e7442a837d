package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.time.MeshClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Time that passes when the test says so.
final class VirtualClock implements MeshClock {
  static final double EPOCH = 1_700_000_000;

  private final AtomicLong nanos = new AtomicLong(123);

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public double unixSeconds() {
    return EPOCH + (nanos.get() - 123) / 1e9;
  }
}
