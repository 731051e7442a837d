package io.swarmpilot.benchmark.monitor;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.ToolkitThreads;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where the readings of one machine go: the file, the Pushgateway, and whoever asks for the
/// latest.
public final class ReadingLog implements AutoCloseable {
  private final Columns columns;
  private final ZoneId zone = ZoneId.systemDefault();
  private final ReadingFile file;
  private final @Nullable Pushes pushes;
  private final ScheduledExecutorService pusher = ToolkitThreads.timer("monitor-push");
  private final Duration pushInterval;
  private boolean pushing;
  private volatile ImmutableMap<String, Object> latest = ImmutableMap.of();

  private ReadingLog(Columns columns, MonitorSettings settings, String machine) throws IOException {
    this.columns = columns;
    file = ReadingFile.create(settings.outputFile(), columns, zone);
    pushInterval = settings.pushInterval();
    pushes =
        settings
            .pushgateway()
            .map(address -> Pushes.to(address, settings.grouping(), machine))
            .orElse(null);
  }

  /// Starts the file.
  ///
  /// @param gpus GPUs of the machine
  /// @param machine its name
  /// @throws IOException when the file cannot be written
  public static ReadingLog open(MonitorSettings settings, int gpus, String machine)
      throws IOException {
    return new ReadingLog(new Columns(settings.metrics(), gpus), settings, machine);
  }

  /// Takes a reading; for one thread at a time.
  ///
  /// @param seconds time it took
  public void accept(Reading reading, double seconds) {
    file.append(reading);
    latest = columns.values(reading, zone);
    if (pushes == null) {
      return;
    }
    pushes.accept(reading, seconds);
    if (!pushing) {
      // Only now is there something to push, and it is pushed at once.
      pushing = true;
      var _ =
          pusher.scheduleWithFixedDelay(
              pushes::push, 0, pushInterval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /// The most recent values by their column; empty before the first reading.
  public ImmutableMap<String, Object> latest() {
    return latest;
  }

  /// Ends the file and pushes for the last time.
  @Override
  public void close() {
    pusher.close();
    if (pushes != null && pushing) {
      pushes.last();
    }
    file.close();
  }
}
