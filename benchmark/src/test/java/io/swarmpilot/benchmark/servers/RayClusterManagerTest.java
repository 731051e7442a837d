package io.swarmpilot.benchmark.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which commands the Ray manager runs, with a `ray` that writes them down.
class RayClusterManagerTest {
  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();

  @Test
  void theHeadIsStartedWithEverySetting() throws IOException {
    RayClusterManager ray = ray(Map.of("dashboard_port", 9000, "num_gpus_per_node", 2), 0);

    assertThat(ray.startHeadNode(6380)).isTrue();
    assertThat(commands())
        .containsExactly(
            "start --head --node-ip-address="
                + ray.getHeadIp()
                + " --port=6380 --dashboard-port=9000 --object-manager-port=8076"
                + " --node-manager-port=8077 --num-cpus=4 --num-gpus=2 --temp-dir=/tmp/ray"
                + " --disable-usage-stats");
  }

  @Test
  void aWorkerJoinsTheHead() throws IOException {
    RayClusterManager ray = ray(Map.of(), 0);

    assertThat(ray.connectWorker("10.0.0.1:6379")).isTrue();
    assertThat(ray.checkClusterStatus()).isTrue();
    assertThat(ray.stopRay()).isTrue();
    assertThat(commands().getFirst())
        .startsWith("start --address=10.0.0.1:6379 --node-ip-address=");
    assertThat(commands().subList(1, 3)).containsExactly("status", "stop --force");
  }

  @Test
  void whatIsNoAddressReachesNoCommand() throws IOException {
    RayClusterManager ray = ray(Map.of(), 0);

    assertThat(ray.connectWorker("$(reboot)")).isFalse();
    assertThat(commands()).isEmpty();
    assertThat(problems).containsExactly("'$(reboot)' is not host:port");
  }

  @Test
  void aFailureSaysWhatTheCommandSaid() throws IOException {
    assertThat(ray(Map.of(), 3).startHeadNode()).isFalse();
    assertThat(problems).singleElement().asString().contains("start failed with 3: went wrong");
  }

  @Test
  void aMissingCommandIsAFailure() {
    RayClusterManager ray = new RayClusterManager(Map.of(), directory.resolve("none").toString());
    ray.onProblem(problems::add);

    assertThat(ray.startHeadNode()).isFalse();
    assertThat(problems).singleElement().asString().contains("cannot be run");
  }

  @Test
  void theHeadAddressIsOneOfThisMachine() throws IOException {
    assertThat(InetAddress.getByName(ray(Map.of(), 0).getHeadIp())).isNotNull();
  }

  private RayClusterManager ray(Map<String, Object> config, int exit) throws IOException {
    Path script =
        Files.writeString(
            directory.resolve("ray"),
            "#!/bin/sh\necho \"$*\" >> '"
                + directory
                + "/commands'\necho went wrong >&2\nexit "
                + exit
                + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    RayClusterManager ray = new RayClusterManager(config, script.toString());
    ray.onProblem(problems::add);
    return ray;
  }

  private List<String> commands() throws IOException {
    Path commands = directory.resolve("commands");
    return Files.exists(commands) ? Files.readAllLines(commands) : List.of();
  }
}
