package io.swarmpilot.benchmark.servers;

import io.swarmpilot.benchmark.recipe.Tree;
import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Starts and joins the Ray cluster under a distributed vLLM, on the node that it runs on. Nothing
/// passes through a shell.
public final class RayClusterManager {
  /// Ray's usual port.
  public static final int DEFAULT_PORT = 6_379;

  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_OUTPUT = 4_096;
  private static final String TEMP = "/tmp/ray";

  private final String ray;
  private final int dashboardPort;
  private final int objectPort;
  private final int nodePort;
  private final int cpus;
  private final int gpus;
  private volatile Consumer<String> listener = line -> {};

  /// A manager with Ray's settings: `dashboard_port`, `object_manager_port`, `node_manager_port`,
  /// `num_cpus_per_node`, `num_gpus_per_node`; each has a default.
  public RayClusterManager(Map<String, ? extends @Nullable Object> config) {
    this(config, "ray");
  }

  /// A manager that runs another command than `ray`.
  public RayClusterManager(Map<String, ? extends @Nullable Object> config, String ray) {
    Tree settings = new Tree(config);
    this.ray = ray;
    dashboardPort = (int) settings.whole("dashboard_port").orElse(8_265);
    objectPort = (int) settings.whole("object_manager_port").orElse(8_076);
    nodePort = (int) settings.whole("node_manager_port").orElse(8_077);
    cpus = (int) settings.whole("num_cpus_per_node").orElse(4);
    gpus = (int) settings.whole("num_gpus_per_node").orElse(1);
  }

  /// Who is told why something failed.
  public void onProblem(Consumer<String> listener) {
    this.listener = listener;
  }

  /// Starts the head on its usual port.
  public boolean startHeadNode() {
    return startHeadNode(DEFAULT_PORT);
  }

  /// Starts the head; whether it runs.
  public boolean startHeadNode(int port) {
    List<String> command = new ArrayList<>(List.of(ray, "start", "--head"));
    command.add("--node-ip-address=" + getHeadIp());
    command.add("--port=" + port);
    command.add("--dashboard-port=" + dashboardPort);
    command.addAll(nodeOptions());
    return run(command, START_TIMEOUT);
  }

  /// Joins this node to the cluster of a head, `host:port`; whether it did.
  public boolean connectWorker(String headAddress) {
    if (!headAddress.matches("[A-Za-z0-9.:\\[\\]_-]{1,256}:[0-9]{1,5}")) {
      listener.accept("'" + headAddress + "' is not host:port");
      return false;
    }
    List<String> command = new ArrayList<>(List.of(ray, "start", "--address=" + headAddress));
    command.add("--node-ip-address=" + getHeadIp());
    command.addAll(nodeOptions());
    return run(command, START_TIMEOUT);
  }

  /// Whether a cluster answers on this node.
  public boolean checkClusterStatus() {
    return run(List.of(ray, "status"), STATUS_TIMEOUT);
  }

  /// Stops Ray on this node; whether it did.
  public boolean stopRay() {
    return run(List.of(ray, "stop", "--force"), START_TIMEOUT);
  }

  /// The address of this node that others reach it by; the loopback address when it has none.
  public String getHeadIp() {
    try (DatagramSocket probe = new DatagramSocket()) {
      // Nothing is sent: connecting chooses the interface that a packet would leave by.
      probe.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 1, 1, 1}), 9));
      InetAddress local = probe.getLocalAddress();
      return local.isAnyLocalAddress() ? loopback() : local.getHostAddress();
    } catch (IOException | RuntimeException e) {
      return loopback();
    }
  }

  private List<String> nodeOptions() {
    return List.of(
        "--object-manager-port=" + objectPort,
        "--node-manager-port=" + nodePort,
        "--num-cpus=" + cpus,
        "--num-gpus=" + gpus,
        "--temp-dir=" + TEMP,
        "--disable-usage-stats");
  }

  private boolean run(List<String> command, Duration timeout) {
    String shown = String.join(" ", command.subList(0, 2));
    Path output = null;
    try {
      output = Files.createTempFile("ray", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        listener.accept(shown + " did not end within " + timeout.toSeconds() + "s");
        return false;
      }
      if (process.exitValue() != 0) {
        listener.accept(shown + " failed with " + process.exitValue() + ": " + lastWords(output));
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      listener.accept(shown + " cannot be run: " + e.getMessage());
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      delete(output);
    }
  }

  private static String lastWords(Path output) throws IOException {
    String text = Files.readString(output).strip();
    return text.length() > MAX_OUTPUT ? text.substring(text.length() - MAX_OUTPUT) : text;
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A left-over file of a few bytes harms nobody.
    }
  }

  private static String loopback() {
    return InetAddress.getLoopbackAddress().getHostAddress();
  }
}
