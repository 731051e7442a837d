package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs the packaged `swarmpilot` in processes of its own; closing kills whatever is left of them.
public final class MeshProcesses implements AutoCloseable {
  private static final Path LIBRARIES = Path.of(System.getProperty("swarmpilot.lib"));

  private final Path directory;
  private final List<MeshProcess> started = new ArrayList<>();

  /// Runs processes in this directory; their output goes to a file each.
  public MeshProcesses(Path directory) {
    this.directory = directory;
  }

  /// Starts `swarmpilot` with these arguments under a name for messages.
  public MeshProcess start(String name, String... arguments) throws IOException {
    assertThat(LIBRARIES).as("the packaged layout").isDirectory();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small and quick to start: several of them share a machine with the tests.
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    command.addAll(List.of("-cp", LIBRARIES + "/*"));
    command.add("io.swarmpilot.launcher.Main");
    command.addAll(List.of(arguments));
    Path log = directory.resolve(name + "-" + started.size() + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    MeshProcess running = new MeshProcess(name, process, log);
    started.add(running);
    return running;
  }

  /// What every process has printed so far, for the message of a failure.
  public String output() {
    StringBuilder text = new StringBuilder();
    for (MeshProcess process : started) {
      text.append("--- ").append(process).append('\n').append(process.output());
    }
    return text.toString();
  }

  /// Kills what still runs, frozen or not.
  @Override
  public void close() {
    for (MeshProcess process : started) {
      process.kill();
    }
  }
}
