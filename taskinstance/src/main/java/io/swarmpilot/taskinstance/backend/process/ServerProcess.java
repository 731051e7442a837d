package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a server, from its start to the end of the last process that it started.
final class ServerProcess {
  private static final Logger log = LoggerFactory.getLogger(ServerProcess.class);
  // Beyond it a line is broken: a server may print anything.
  private static final int MAX_LINE = 8 << 10;
  private static final int SIGNALLED = 128;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(5);
  // A session of its own keeps a Ctrl-C for the instance from the server, which may then end with
  // the tasks that the instance still waits for.
  private static final Optional<Path> SET_SESSION = Programs.find("setsid");

  private final Process process;
  private final ProcessTree tree;
  private final ServerRecord server;
  private final ServerRecords records;
  private final ServerLog output;
  private final Thread reader;

  private ServerProcess(
      Process process, ServerRecord server, ServerRecords records, ServerLog output) {
    this.process = process;
    this.server = server;
    this.records = records;
    this.output = output;
    this.tree = new ProcessTree(process.toHandle(), server.mark(), server.ownSession());
    this.reader = Thread.ofPlatform().daemon().name("server-log-", 0).start(this::copyOutput);
  }

  /// Starts a server.
  ///
  /// @param command program, by its file, and arguments
  /// @param environment variables beside those of this process
  /// @throws MeshException INSUFFICIENT_RESOURCES when it cannot be started
  static ServerProcess start(
      List<String> command,
      Map<String, String> environment,
      ServerRecords records,
      ServerLog output) {
    ServerRecord server = ServerRecord.of(UUID.randomUUID().toString(), SET_SESSION.isPresent());
    List<String> words = new ArrayList<>();
    SET_SESSION.ifPresent(program -> words.add(program.toString()));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put(ProcessTree.MARK, server.mark());
    output.startAnew();
    try {
      // Before the process is there: it must be found even when this process is killed right now.
      records.write(server);
      Process process = builder.start();
      process.getOutputStream().close();
      ServerRecord started = server.with(process.toHandle());
      records.write(started);
      return new ServerProcess(process, started, records, output);
    } catch (IOException | UncheckedIOException e) {
      ProcessTree.killMarked(server.mark(), KILL_LIMIT);
      records.remove(server);
      throw MeshException.of(
              ErrorReason.INSUFFICIENT_RESOURCES, "The server cannot be started: " + e.getMessage())
          .with("missing", "engine");
    }
  }

  /// Its first process.
  long pid() {
    return process.pid();
  }

  /// Ends when the first process has ended.
  CompletableFuture<Process> exit() {
    return process.onExit();
  }

  /// Whether the first process has ended, or does so in this time.
  boolean endsWithin(Duration time) {
    try {
      return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  /// How it ended, for people. Asked only once it has.
  String describeEnd() {
    int code = process.exitValue();
    String how =
        code > SIGNALLED ? "was ended by signal " + (code - SIGNALLED) : "ended with code " + code;
    return "the server " + how;
  }

  /// The last lines it printed, as the end of a sentence; "" when it printed none. For operators:
  /// servers print what they are asked, too.
  String lastWords() {
    if (!process.isAlive()) {
      try {
        boolean _ = reader.join(LAST_WORDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    List<String> lines = output.last(8).stream().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "" : "; it printed: " + String.join(" | ", lines);
  }

  /// Notes which processes belong to it now, where that cannot be told afterwards.
  synchronized void lookAround() {
    if (!server.ownSession()) {
      var _ = tree.living();
    }
  }

  /// Asks it to end, gives it time to, and ends whatever is left of it. Does nothing more when
  /// nothing is.
  ///
  /// @param grace time to end by itself; none when the thread is interrupted
  synchronized void stop(Duration grace) {
    lookAround();
    process.destroy();
    boolean _ = endsWithin(grace);
    if (!tree.kill(KILL_LIMIT)) {
      log.error("processes of a server are left: {}", tree.living());
    }
    records.remove(server);
  }

  private void copyOutput() {
    try (Reader text = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      StringBuilder line = new StringBuilder();
      char[] buffer = new char[MAX_LINE];
      for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
        copy(buffer, count, line);
      }
      if (!line.isEmpty()) {
        output.add(line.toString());
      }
    } catch (IOException e) {
      // It ended, and its pipe with it.
      log.debug("the output of a server ended: {}", e.toString());
    }
  }

  private void copy(char[] buffer, int count, StringBuilder line) {
    for (int i = 0; i < count; i++) {
      if (buffer[i] == '\n' || line.length() == MAX_LINE) {
        output.add(line.toString());
        line.setLength(0);
      }
      if (buffer[i] != '\n' && buffer[i] != '\r') {
        line.append(buffer[i]);
      }
    }
  }
}
