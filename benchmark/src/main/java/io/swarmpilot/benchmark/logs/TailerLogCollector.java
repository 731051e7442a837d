package io.swarmpilot.benchmark.logs;

import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.ToolkitThreads;
import io.swarmpilot.benchmark.logs.LogSource.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log files of the nodes in a directory that they share (seed "TailerLogCollector").
///
/// Reads `container_NODE.log`, `client_NODE.log` and `monitor_NODE.log`, and their `.err` for
/// standard error, from the beginning, whenever they come. The file `loggers_ready` in the output
/// directory says that it collects.
public final class TailerLogCollector implements BaseLogCollector {
  private static final Logger log = LoggerFactory.getLogger(TailerLogCollector.class);
  private static final long LOOK_MS = 100;

  /// Most sources.
  private static final int MAX_SOURCES = 10_000;

  private final TailerSettings settings;
  private final Clock clock;
  private final List<Followed> followed = new ArrayList<>();
  private @Nullable GatheredLines gathered;
  private @Nullable ScheduledExecutorService timer;

  /// A collector; nothing happens before it is deployed.
  public TailerLogCollector(TailerSettings settings) {
    this(settings, Clock.systemUTC());
  }

  TailerLogCollector(TailerSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public synchronized boolean deploy(List<LogSource> sources) {
    if (gathered != null) {
      return startCollection(sources);
    }
    try {
      gathered = new GatheredLines(settings);
      boolean started = startCollection(sources);
      Files.writeString(readyFile(), "");
      timer = startTimer();
      return started;
    } catch (IOException e) {
      log.warn("logs cannot be collected: {}", e.toString());
      return false;
    }
  }

  private ScheduledExecutorService startTimer() {
    ScheduledExecutorService started = ToolkitThreads.timer("log-tailer");
    long flush = settings.flushInterval().toMillis();
    var _ = started.scheduleWithFixedDelay(this::look, 0, LOOK_MS, TimeUnit.MILLISECONDS);
    var _ = started.scheduleWithFixedDelay(this::flush, flush, flush, TimeUnit.MILLISECONDS);
    return started;
  }

  @Override
  public synchronized boolean startCollection(List<LogSource> sources) {
    if (gathered == null || followed.size() + 2 * sources.size() > 2 * MAX_SOURCES) {
      return false;
    }
    for (LogSource source : sources) {
      for (Stream stream : Stream.values()) {
        Path file = settings.logDirectory().resolve(source.fileName(stream));
        followed.add(new Followed(source, stream, new FileTail(file)));
      }
    }
    return true;
  }

  @Override
  public synchronized boolean isReady() {
    return timer != null && Files.exists(readyFile());
  }

  @Override
  public ImmutableMap<String, Object> stopCollection() {
    ScheduledExecutorService running;
    synchronized (this) {
      running = timer;
      timer = null;
    }
    if (running != null) {
      running.close();
    }
    return end();
  }

  private synchronized ImmutableMap<String, Object> end() {
    GatheredLines lines = gathered;
    if (lines == null) {
      return ImmutableMap.of();
    }
    gathered = null;
    try (lines) {
      followed.forEach(each -> guarded(() -> each.tail.finish(line -> each.append(line, lines))));
      followed.clear();
      Files.deleteIfExists(readyFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines.summary();
  }

  private synchronized void look() {
    GatheredLines lines = gathered;
    if (lines != null) {
      followed.forEach(each -> guarded(() -> each.tail.poll(line -> each.append(line, lines))));
    }
  }

  private synchronized void flush() {
    if (gathered != null) {
      gathered.flush();
    }
  }

  private Path readyFile() {
    return settings.outputDirectory().resolve("loggers_ready");
  }

  /// One file that cannot be read must not end the others.
  private static void guarded(Look look) {
    try {
      look.run();
    } catch (IOException | UncheckedIOException e) {
      log.warn("a log cannot be followed: {}", e.toString());
    }
  }

  private interface Look {
    void run() throws IOException;
  }

  private final class Followed {
    private final LogSource source;
    private final Stream stream;
    private final FileTail tail;

    Followed(LogSource source, Stream stream, FileTail tail) {
      this.source = source;
      this.stream = stream;
      this.tail = tail;
    }

    void append(String line, GatheredLines into) {
      into.append(source, stream, line, clock.instant());
    }
  }
}
