package io.swarmpilot.launcher.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.proto.scheduler.v1.RecordTraceRequest;
import io.swarmpilot.proto.scheduler.v1.RecordTraceResponse;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc.ShadowServiceImplBase;
import io.swarmpilot.proto.scheduler.v1.TraceRow;
import io.swarmpilot.runtime.grpc.MeshServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void writesRowsByTheTimeOfSubmissionAndReplaysThem() throws IOException {
    List<TraceRow> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      // They end in another order than they were submitted in.
      rows.add(row(1_000 + (i ^ 1) * 0.1, 100 + i % 7));
    }
    rows.set(5, rows.get(5).toBuilder().setModelName("a,\"b\"\n").build());
    Path file = directory.resolve("trace.csv");
    CommandLineRun run = record(file, rows, null);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("wrote 120 tasks to " + file + "; missed 3 rows, 0 events");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(121);
    assertThat(lines.get(1)).startsWith("0.000,12,,");
    assertThat(lines.get(2)).startsWith("100.000,").endsWith(",input_tokens=12.0;size=3.0");
    assertThat(lines.toString()).contains("a__b__").doesNotContain("\"");
    assertOnlyFile(file);

    CommandLineRun replay =
        CommandLineRun.of(
            "simulate",
            "--trace",
            file.toString(),
            "--fleet",
            "any:2",
            "--load",
            "recorded",
            "--policies",
            "fifo",
            "--json");
    assertThat(replay.code()).as(replay.err()).isZero();
    assertThat(replay.out()).contains("\"policy\":\"fifo\"");
  }

  @Test
  void keepsWhatItHasWhenTheConnectionBreaks() throws IOException {
    Path file = directory.resolve("trace.csv");
    CommandLineRun run = record(file, List.of(row(1, 5), row(2, 5)), Status.UNAVAILABLE);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("stopped telling of tasks", "wrote 2 tasks to");
    assertThat(Files.readAllLines(file)).hasSize(3);
    assertOnlyFile(file);
  }

  @Test
  void leavesAnEarlierTraceAloneWhenThereIsNothingToWrite() throws IOException {
    Path file = directory.resolve("trace.csv");
    Files.writeString(file, "earlier");
    CommandLineRun run = record(file, List.of(), null);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("no task ended meanwhile");
    assertThat(file).hasContent("earlier");
    assertOnlyFile(file);
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    CommandLineRun run = record(directory.resolve("none").resolve("t.csv"), List.of(), null);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("cannot be written").doesNotContain("\tat ");
  }

  @Test
  void asksForATraceOrForLatenciesInASentence() {
    assertThat(CommandLineRun.of("simulate").err()).contains("--trace: there is none");
    assertThat(CommandLineRun.of("simulate", "--load", "much", "--trace", "none.csv").err())
        .contains("none.csv");
  }

  private static TraceRow row(double submitted, double ms) {
    return TraceRow.newBuilder()
        .setSubmitTime(submitted)
        .setModelName("m")
        .setInputTokens(12)
        .putFeatures("size", 3)
        .putFeatures("input_tokens", 12)
        .setExecutionMs(ms)
        .setResponseMs(ms + 1)
        .setHardware("a100")
        .build();
  }

  private static CommandLineRun record(Path file, List<TraceRow> rows, @Nullable Status failure)
      throws IOException {
    try (MeshServer server =
        MeshServer.builder()
            .service(new Rows(rows, failure))
            .listen("127.0.0.1", 0)
            .build()
            .start()) {
      return CommandLineRun.of(
          "simulate",
          "--record",
          file.toString(),
          "--for",
          "60s",
          "--server",
          "http://127.0.0.1:" + server.port());
    }
  }

  private void assertOnlyFile(Path file) throws IOException {
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(file);
    }
  }

  /// A scheduler with so many rows to tell of.
  private static final class Rows extends ShadowServiceImplBase {
    private final List<TraceRow> rows;
    private final @Nullable Status failure;

    Rows(List<TraceRow> rows, @Nullable Status failure) {
      this.rows = rows;
      this.failure = failure;
    }

    @Override
    public void recordTrace(
        RecordTraceRequest request, StreamObserver<RecordTraceResponse> observer) {
      observer.onNext(RecordTraceResponse.getDefaultInstance());
      rows.forEach(row ->
          observer.onNext(RecordTraceResponse.newBuilder().setRow(row).setMissedRows(3).build()));
      if (failure == null) {
        observer.onCompleted();
      } else {
        observer.onError(failure.asRuntimeException());
      }
    }
  }
}
