package io.swarmpilot.launcher.lab;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.client.Endpoint;
import io.swarmpilot.client.MeshClientException;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.proto.scheduler.v1.RecordTraceRequest;
import io.swarmpilot.proto.scheduler.v1.RecordTraceResponse;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Records the traffic of a scheduler until the time or the rows are up, or until it is
/// interrupted; then the file is there, complete.
final class Recording {
  private static final long LONGEST_WRITING_S = 60;

  private final Endpoint scheduler;
  private final Path file;
  private final int rows;
  private final Duration time;
  private final CancellableContext context = Context.current().withCancellation();
  private final CountDownLatch written = new CountDownLatch(1);
  private long missed;
  private long lost;

  /// @param file the trace to write
  /// @param rows most rows
  /// @param time how long at most
  Recording(Endpoint scheduler, Path file, int rows, Duration time) {
    this.scheduler = scheduler;
    this.file = file;
    this.rows = rows;
    this.time = time;
  }

  /// Records; answers what came of it, in words.
  ///
  /// @throws CommandFailure when there is no file, or when the connection broke before the time was
  ///   up: what was recorded until then is in the file
  String run() {
    Thread interrupted = Thread.ofPlatform().unstarted(this::interrupt);
    Runtime.getRuntime().addShutdownHook(interrupted);
    ManagedChannel channel = scheduler.connect();
    try (TraceFile trace = TraceFile.create(file)) {
      Optional<StatusRuntimeException> failure = receive(channel, trace);
      if (trace.size() > 0) {
        trace.finish();
      }
      return outcome(trace.size(), failure.orElse(null));
    } catch (IOException e) {
      throw new CommandFailure("--record: " + file + " cannot be written: " + e.getMessage(), e);
    } finally {
      channel.shutdownNow();
      written.countDown();
      forget(interrupted);
    }
  }

  /// Takes rows until there are no more; answers why it failed, if it did.
  private Optional<StatusRuntimeException> receive(ManagedChannel channel, TraceFile trace)
      throws IOException {
    Context before = context.attach();
    try {
      Iterator<RecordTraceResponse> answers =
          ShadowServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS)
              .recordTrace(RecordTraceRequest.newBuilder().setMaxRows(rows).build());
      while (answers.hasNext()) {
        RecordTraceResponse answer = answers.next();
        missed = answer.getMissedRows();
        lost = answer.getLostEvents();
        if (answer.hasRow()) {
          trace.add(answer.getRow());
        }
      }
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      boolean over = code == Status.Code.DEADLINE_EXCEEDED || context.isCancelled();
      return over ? Optional.empty() : Optional.of(e);
    } finally {
      context.detach(before);
    }
  }

  private String outcome(int recorded, @Nullable StatusRuntimeException failure) {
    String found =
        recorded == 0
            ? "no task ended meanwhile; " + file + " is not written"
            : "wrote " + recorded + " tasks to " + file;
    if (failure != null) {
      throw new CommandFailure(
          scheduler.authority()
              + " stopped telling of tasks ("
              + MeshClientException.of(failure).message()
              + "); "
              + found,
          failure);
    }
    if (recorded == 0) {
      throw new CommandFailure(found);
    }
    return found + (missed + lost == 0 ? "" : "; missed " + missed + " rows, " + lost + " events");
  }

  /// The process is told to end: the file is written first.
  private void interrupt() {
    context.cancel(null);
    try {
      boolean _ = written.await(LONGEST_WRITING_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is running, and waits for us.
    }
  }
}
