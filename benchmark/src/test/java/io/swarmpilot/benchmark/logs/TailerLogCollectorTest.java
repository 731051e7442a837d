package io.swarmpilot.benchmark.logs;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Gathering the logs of several nodes.
class TailerLogCollectorTest {
  private static final LogSource SERVER = new LogSource("mel2001", "server", "ollama");
  private static final LogSource CLIENT = new LogSource("mel2003", "client", "");

  @TempDir private Path logs;
  @TempDir private Path output;

  private TailerLogCollector collector =
      new TailerLogCollector(TailerSettings.of(Path.of(""), Path.of("")));

  @BeforeEach
  void collector() {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
    collector = new TailerLogCollector(TailerSettings.of(logs, output), clock);
  }

  @Test
  void linesOfAllSourcesAreGatheredByStreamAndAsJson() throws IOException {
    write("container_mel2001.log", "ready \"now\"\n");
    write("container_mel2001.err", "a warning\n");
    assertThat(collector.deploy(List.of(SERVER))).isTrue();
    assertThat(collector.startCollection(List.of(CLIENT))).isTrue();
    assertThat(collector.isReady()).isTrue();
    assertThat(output.resolve("loggers_ready")).exists();
    write("client_mel2003.log", "started");

    assertThat(collector.stopCollection())
        .containsEntry("stdout_lines", 2L)
        .containsEntry("stderr_lines", 1L)
        .containsEntry("jsonl_lines", 3L);
    assertThat(collector.isReady()).isFalse();
    assertThat(output.resolve("stdout.log"))
        .content()
        .contains("[2026-01-02T03:04:05.678Z] [mel2001] [server] ready \"now\"\n")
        .contains("[2026-01-02T03:04:05.678Z] [mel2003] [client] started\n");
    assertThat(output.resolve("stderr.log"))
        .hasContent("[2026-01-02T03:04:05.678Z] [mel2001] [server] a warning");
    assertThat(output.resolve("aggregated.jsonl"))
        .content()
        .contains(
            "{\"timestamp\":\"2026-01-02T03:04:05.678Z\",\"node\":\"mel2001\","
                + "\"component\":\"server\",\"message\":\"ready \\\"now\\\"\"}\n");
  }

  @Test
  void whatIsWrittenRightBeforeTheEndIsGathered() throws IOException {
    assertThat(collector.deploy(List.of(CLIENT))).isTrue();
    write(
        "client_mel2003.log",
        IntStream.range(0, 100_000).mapToObj(n -> n + "\n").collect(Collectors.joining()));
    assertThat(collector.stopCollection()).containsEntry("stdout_lines", 100_000L);
  }

  @Test
  void whatWasNotDeployedCollectsNothing() {
    assertThat(collector.startCollection(List.of(CLIENT))).isFalse();
    assertThat(collector.isReady()).isFalse();
    assertThat(collector.stopCollection()).isEmpty();
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNoCollector() throws IOException {
    Path file = Files.writeString(logs.resolve("file"), "");
    try (TailerLogCollector blocked =
        new TailerLogCollector(TailerSettings.of(logs, file.resolve("below")))) {
      assertThat(blocked.deploy()).isFalse();
    }
  }

  @Test
  void namesThatAreNoneAreRefused() {
    assertThatThrownBy(() -> new LogSource("../../etc", "server", ""))
        .hasMessageStartingWith("node:");
    assertThatThrownBy(() -> new LogSource("node1", "router", ""))
        .hasMessage("component: must be server, client or monitor, not 'router'");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(logs.resolve(name), text, CREATE, APPEND);
  }
}
