package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// One running process of the mesh, and what can happen to it.
public final class MeshProcess {
  private final String name;
  private final Process process;
  private final Path log;

  MeshProcess(String name, Process process, Path log) {
    this.name = name;
    this.process = process;
    this.log = log;
  }

  /// Whether it still runs.
  public boolean alive() {
    return process.isAlive();
  }

  /// Everything it has printed so far.
  public String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes it away as a power cut would (SIGKILL); returns once it is gone.
  public void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /// Asks it to stop (SIGTERM), without waiting.
  public void askToStop() {
    process.destroy();
  }

  /// Waits for its end and returns its exit code.
  public int awaitExit(Duration limit) throws InterruptedException {
    boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
    assertThat(ended).as("%s ends within %s; it printed:%n%s", name, limit, output()).isTrue();
    return process.exitValue();
  }

  /// Stops its clock, as an overloaded host does (SIGSTOP).
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Lets it go on, unaware that time has passed (SIGCONT).
  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).as("kill -%s of %s", signal, name).isZero();
  }

  @Override
  public String toString() {
    return name + " (process " + process.pid() + ")";
  }
}
