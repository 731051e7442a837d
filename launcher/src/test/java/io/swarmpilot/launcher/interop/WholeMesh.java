package io.swarmpilot.launcher.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.launcher.fault.Eventually;
import io.swarmpilot.launcher.fault.MeshProcess;
import io.swarmpilot.launcher.fault.MeshProcesses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

/// `swarmpilot up` in a process of its own, on ports moved aside so that it disturbs nobody.
final class WholeMesh implements AutoCloseable {
  private static final int[] DOCUMENTED_PORTS = {
    8080, 8100, 8101, 8102, 8200, 9102, 9110, 9111, 9200
  };
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final MeshProcesses processes;
  private final int offset;

  private WholeMesh(MeshProcesses processes, int offset) {
    this.processes = processes;
    this.offset = offset;
  }

  /// Starts it and waits until all of it is serving.
  static WholeMesh start(Path directory) throws IOException, InterruptedException {
    int offset = freeOffset();
    Path ready = directory.resolve("ready.json");
    MeshProcesses processes = new MeshProcesses(directory);
    MeshProcess up =
        processes.start(
            "up",
            "up",
            "--data-dir",
            directory.resolve("data").toString(),
            "--port-offset",
            Integer.toString(offset),
            "--ready-file",
            ready.toString());
    try {
      Duration _ =
          Eventually.holds(
              "the mesh is ready", START_LIMIT, () -> Files.exists(ready) || !up.alive());
      assertThat(up.alive()).as("it runs; it printed:%n%s", up.output()).isTrue();
    } catch (AssertionError e) {
      processes.close();
      throw e;
    }
    return new WholeMesh(processes, offset);
  }

  /// `host:port` of the role with this documented port.
  String address(int documentedPort) {
    return "127.0.0.1:" + (documentedPort + offset);
  }

  /// Base URL of the role with this documented port.
  String url(int documentedPort) {
    return "http://" + address(documentedPort);
  }

  @Override
  public void close() {
    processes.close();
  }

  private static int freeOffset() {
    return IntStream.iterate(11_000, offset -> offset + 1_300)
        .limit(30)
        .filter(WholeMesh::isFree)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no free range of ports"));
  }

  private static boolean isFree(int offset) {
    return IntStream.of(DOCUMENTED_PORTS).allMatch(port -> isFreePort(port + offset));
  }

  private static boolean isFreePort(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
