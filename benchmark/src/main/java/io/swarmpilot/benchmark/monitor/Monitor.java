package io.swarmpilot.benchmark.monitor;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.ToolkitThreads;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Samples a machine while something is measured (seed "Monitor").
public final class Monitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Monitor.class);

  private final MonitorSettings settings;
  private final Probes probes;
  private @Nullable Sampling sampling;
  private ImmutableMap<String, Object> last = ImmutableMap.of();

  /// A monitor of the machine it runs on.
  public Monitor(MonitorSettings settings) {
    this(settings, Probes.LOCAL);
  }

  Monitor(MonitorSettings settings, Probes probes) {
    this.settings = settings;
    this.probes = probes;
  }

  /// Starts sampling in the background; does nothing when it samples already.
  ///
  /// @throws IOException when the file cannot be written
  public synchronized void start() throws IOException {
    if (sampling == null) {
      sampling = new Sampling(settings, probes.open(settings.metrics(), settings.interval()));
    }
  }

  /// Takes a last reading, writes and pushes it, and ends; does nothing when it does not sample.
  public synchronized void stop() {
    if (sampling != null) {
      sampling.close();
      last = sampling.readings.latest();
      sampling = null;
    }
  }

  /// The most recent values by their column; empty before the first, the last ones after the end.
  public synchronized ImmutableMap<String, Object> getLatest() {
    return sampling == null ? last : sampling.readings.latest();
  }

  /// As [#stop()].
  @Override
  public void close() {
    stop();
  }

  /// One run, from start to stop.
  private static final class Sampling implements AutoCloseable {
    private final ScheduledExecutorService timer = ToolkitThreads.timer("monitor");
    private final Clock clock = Clock.systemUTC();
    private final MachineProbe probe;
    private final ReadingLog readings;

    Sampling(MonitorSettings settings, MachineProbe probe) throws IOException {
      this.probe = probe;
      try {
        readings = ReadingLog.open(settings, probe.gpus(), HostName.get());
      } catch (IOException e) {
        probe.close();
        throw e;
      }
      long period = settings.interval().toNanos();
      var _ = timer.scheduleAtFixedRate(this::sample, 0, period, TimeUnit.NANOSECONDS);
    }

    /// A reading that fails is told of and missed, not the end of all.
    private void sample() {
      long start = System.nanoTime();
      try {
        Reading reading = probe.read(clock.instant());
        readings.accept(reading, (System.nanoTime() - start) / 1e9);
      } catch (RuntimeException e) {
        log.warn("a reading failed: {}", e.toString());
      }
    }

    @Override
    public void close() {
      var _ = timer.submit(this::sample);
      timer.close();
      readings.close();
      probe.close();
    }
  }
}
