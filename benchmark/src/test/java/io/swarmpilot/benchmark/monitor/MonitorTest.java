package io.swarmpilot.benchmark.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sampling, its CSV and its pushes.
@Timeout(20)
class MonitorTest {
  private static final Duration FAST = Duration.ofMillis(100);

  @TempDir private Path directory;

  @Test
  void everyRowHasTheColumnsOfTheHeader() throws Exception {
    Probe probe = new Probe(2, 3);
    Path file = directory.resolve("below/metrics.csv");
    try (Monitor monitor = new Monitor(settings(file), (metrics, interval) -> probe)) {
      assertThat(monitor.getLatest()).isEmpty();
      monitor.start();
      probe.seen.await();
      monitor.stop();
      assertThat(monitor.getLatest())
          .containsEntry("gpu0_util", 85.5)
          .containsEntry("ram_used_MB", 32768.0)
          .doesNotContainKey("gpu1_util");
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst())
        .isEqualTo(
            "timestamp,gpu0_util,gpu0_mem_used,gpu1_util,gpu1_mem_used,cpu_percent,ram_used_MB");
    assertThat(lines.subList(1, lines.size()))
        .hasSizeGreaterThanOrEqualTo(3)
        .allMatch(line ->
            line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d,85.5,10240,,10120,45.2,32768"));
  }

  @Test
  void onlyWhatWasChosenHasColumns() throws Exception {
    Probe probe = new Probe(2, 1);
    Path file = directory.resolve("metrics.csv");
    MonitorSettings chosen = settings(file).withMetrics(Set.of(Metric.RAM));
    try (Monitor monitor = new Monitor(chosen, (metrics, interval) -> probe)) {
      monitor.start();
      probe.seen.await();
    }
    assertThat(Files.readAllLines(file).getFirst()).isEqualTo("timestamp,ram_used_MB");
  }

  @Test
  void theFirstReadingIsPushedAtOnceAndTheLastOneAtTheEnd() throws Exception {
    BlockingQueue<String> pushes = new LinkedBlockingQueue<>();
    HttpServer gateway = gateway(pushes);
    try {
      Probe probe = new Probe(2, 1);
      URI address = URI.create("http://localhost:" + gateway.getAddress().getPort());
      MonitorSettings pushing =
          settings(directory.resolve("m.csv"))
              .pushingTo(
                  address, Duration.ofHours(1), Map.of("job", "benchmark", "instance", "n1"));
      try (Monitor monitor = new Monitor(pushing, (metrics, interval) -> probe)) {
        monitor.start();
        assertThat(pushes.take())
            .startsWith("PUT /metrics/job/benchmark/instance/n1")
            .contains("monitor_running 1.0")
            .contains("cpu_usage_percent 45.2")
            .contains("ram_used_megabytes 32768.0")
            .contains("gpu_utilization_percent{gpu_id=\"0\"} 85.5")
            .contains("gpu_memory_used_megabytes{gpu_id=\"1\"} 10120.0")
            .contains("monitor_loop_duration_seconds_count")
            .doesNotContain("gpu_utilization_percent{gpu_id=\"1\"}");
      }
      assertThat(pushes.take()).contains("monitor_running 0.0");
      assertThat(pushes).isEmpty();
    } finally {
      gateway.stop(0);
    }
  }

  @Test
  void aPushgatewayThatIsNotThereEndsNothing() throws Exception {
    Probe probe = new Probe(0, 3);
    Path file = directory.resolve("m.csv");
    MonitorSettings pushing =
        settings(file).pushingTo(URI.create("http://localhost:1"), Duration.ofSeconds(1), Map.of());
    try (Monitor monitor = new Monitor(pushing, (metrics, interval) -> probe)) {
      monitor.start();
      probe.seen.await();
    }
    assertThat(Files.readAllLines(file)).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void aFileThatCannotBeWrittenStartsNothing() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    Probe probe = new Probe(0, 1);
    try (Monitor monitor =
        new Monitor(settings(file.resolve("m.csv")), (metrics, interval) -> probe)) {
      assertThatThrownBy(monitor::start).isInstanceOf(IOException.class);
    }
    assertThat(probe.closed.getCount()).isZero();
  }

  @Test
  void settingsOutsideTheirBoundsAreNamed() {
    MonitorSettings settings = settings(Path.of("x.csv"));
    assertThatThrownBy(() -> settings.withInterval(Duration.ZERO))
        .hasMessage("interval: must be 100 ms to an hour, not 0 ms");
    assertThatThrownBy(() -> settings.withMetrics(Set.of())).hasMessageStartingWith("metrics:");
    assertThatThrownBy(() -> Metric.of("disk"))
        .hasMessage("metrics: no 'disk', only gpu, cpu, ram");
    assertThatThrownBy(
            () -> settings.pushingTo(URI.create("node7:9091"), Duration.ofSeconds(15), Map.of()))
        .hasMessageStartingWith("pushgateway:");
  }

  @Test
  void theMachineAtHandIsRead() throws Exception {
    try (MachineProbe probe = LocalProbe.open(Set.of(Metric.CPU, Metric.RAM), FAST)) {
      Reading first = probe.read(Instant.now());
      Reading second = probe.read(Instant.now());
      assertThat(first.cpuPercent()).isNull();
      assertThat(second.cpuPercent()).isBetween(0.0, 100.0);
      assertThat(second.ramUsedMb()).isGreaterThan(1);
      assertThat(probe.gpus()).isZero();
    }
  }

  private static MonitorSettings settings(Path file) {
    return MonitorSettings.into(file).withInterval(FAST);
  }

  private static HttpServer gateway(BlockingQueue<String> pushes) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          pushes.add(
              exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + "\n" + body);
          exchange.sendResponseHeaders(202, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  /// A machine that is always the same.
  private static final class Probe implements MachineProbe {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch seen;
    private final int gpus;

    Probe(int gpus, int awaited) {
      this.gpus = gpus;
      seen = new CountDownLatch(awaited);
    }

    @Override
    public int gpus() {
      return gpus;
    }

    @Override
    public Reading read(Instant now) {
      seen.countDown();
      List<GpuReading> all = List.of(new GpuReading(85.5, 10240.0), new GpuReading(null, 10120.0));
      return new Reading(now, all.subList(0, gpus), 45.2, 32768.0);
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
