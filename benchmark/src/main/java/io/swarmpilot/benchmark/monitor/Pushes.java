package io.swarmpilot.benchmark.monitor;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.exporter.pushgateway.Format;
import io.prometheus.metrics.exporter.pushgateway.PushGateway;
import io.prometheus.metrics.exporter.pushgateway.Scheme;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Readings as Prometheus metrics in a Pushgateway. A gateway that does not answer is told of once
/// and tried again: it must not end a measurement.
final class Pushes {
  private static final Logger log = LoggerFactory.getLogger(Pushes.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final PushGateway gateway;
  private final Counter samples;
  private final Summary duration;
  private final Gauge running;
  private final Gauge cpu;
  private final Gauge ram;
  private final Gauge gpuUtil;
  private final Gauge gpuMemory;
  private boolean failing;

  private Pushes(PushGateway.Builder builder) {
    PrometheusRegistry registry = new PrometheusRegistry();
    gateway = builder.registry(registry).build();
    samples =
        Counter.builder().name("monitor_samples_total").help("Readings taken").register(registry);
    duration =
        Summary.builder()
            .name("monitor_loop_duration_seconds")
            .help("Time one reading took")
            .register(registry);
    running = gauge("monitor_running", "1 while the monitor samples, 0 in its last push", registry);
    cpu = gauge("cpu_usage_percent", "Share of all processors that is busy", registry);
    ram = gauge("ram_used_megabytes", "Memory in use, MiB", registry);
    gpuUtil =
        gauge("gpu_utilization_percent", "Share of the time a kernel ran", registry, "gpu_id");
    gpuMemory = gauge("gpu_memory_used_megabytes", "GPU memory in use, MiB", registry, "gpu_id");
    running.set(1);
  }

  /// Pushes to a gateway.
  ///
  /// @param host name of this machine, for readings without a label `instance`
  static Pushes to(URI address, Map<String, String> grouping, String host) {
    Map<String, String> labels = new HashMap<>(grouping);
    PushGateway.Builder builder =
        PushGateway.builder()
            .format(Format.PROMETHEUS_TEXT)
            .scheme("https".equals(address.getScheme()) ? Scheme.HTTPS : Scheme.HTTP)
            .address(address.getHost() + ":" + port(address))
            .connectionTimeout(PATIENCE)
            .readTimeout(PATIENCE)
            .job(labels.getOrDefault("job", "hpc-monitor"));
    labels.remove("job");
    labels.putIfAbsent("instance", host);
    labels.forEach(builder::groupingKey);
    return new Pushes(builder);
  }

  /// Takes a reading over; pushes nothing yet.
  ///
  /// @param seconds time it took
  void accept(Reading reading, double seconds) {
    samples.inc();
    duration.observe(seconds);
    set(cpu, reading.cpuPercent());
    set(ram, reading.ramUsedMb());
    for (int gpu = 0; gpu < reading.gpus().size(); gpu++) {
      set(gpuUtil, gpu, reading.gpus().get(gpu).utilPercent());
      set(gpuMemory, gpu, reading.gpus().get(gpu).memoryUsedMb());
    }
  }

  /// Pushes what was taken over last.
  synchronized void push() {
    try {
      gateway.push();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        log.warn("the Pushgateway does not take readings: {}", e.toString());
      }
      failing = true;
    }
  }

  /// Pushes once more, saying that this is the end.
  void last() {
    running.set(0);
    push();
  }

  private static Gauge gauge(
      String name, String help, PrometheusRegistry registry, String... labels) {
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  private static void set(Gauge gauge, @Nullable Double value) {
    if (value != null) {
      gauge.set(value);
    }
  }

  private static void set(Gauge gauge, int gpu, @Nullable Double value) {
    String id = String.valueOf(gpu);
    if (value == null) {
      gauge.remove(id);
    } else {
      gauge.labelValues(id).set(value);
    }
  }

  private static int port(URI address) {
    int standard = "https".equals(address.getScheme()) ? 443 : 9091;
    return address.getPort() < 0 ? standard : address.getPort();
  }
}
