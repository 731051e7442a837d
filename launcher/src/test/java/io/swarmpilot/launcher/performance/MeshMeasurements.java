package io.swarmpilot.launcher.performance;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Prints what a task's life and a submit cost beside a bare grpc-java call, all in one run of one
/// process, in alternating rounds. `docs/performance.md` says how to run it and how to read it.
///
/// Arguments: rounds (default 5), seconds a round (default 4).
public final class MeshMeasurements {
  private static final String INPUT =
      "{\"prompt\":\"What is AI?\",\"max_tokens\":100,\"temperature\":0.7,\"stop\":[\"\\n\\n\"]}";
  private static final String METADATA = "{\"user_id\":\"user123\",\"input_tokens\":12}";
  private static final String JSON =
      "{\"model_name\":\"%s\",\"task_input\":%s,\"metadata\":%s}"
          .formatted(MeasuredMesh.NO_OP, INPUT, METADATA);
  private static final SubmitTaskRequest REQUEST =
      SubmitTaskRequest.newBuilder()
          .setModelName(MeasuredMesh.NO_OP)
          .setTaskInput(JsonValues.of(INPUT))
          .setMetadata(JsonValues.of(METADATA))
          .build();
  private static final int[] IN_FLIGHT = {1, 64};
  private static final double WARM_UP_SECONDS = 8;

  private MeshMeasurements() {}

  /// Runs the measurements.
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 4;
    Server bare = BareEcho.start();
    ManagedChannel bareChannel = MeshChannels.netty("127.0.0.1", bare.getPort());
    try (MeasuredMesh mesh = MeasuredMesh.start(MeasuredMesh.NO_OP, 2, 4);
        RawHttp http = new RawHttp("127.0.0.1", mesh.restPort(), "/queue/submit", JSON, 64)) {
      ManagedChannel meshChannel = MeshChannels.netty("127.0.0.1", mesh.schedulerPort());
      List<Subject> subjects =
          List.of(
              new Subject("bare unary call (grpc-java)", submit(bareChannel)),
              new Subject("submit, gRPC", submit(meshChannel)),
              new Subject("submit, REST", http::post),
              new Subject("full life of a task", new FullLife(meshChannel, REQUEST)));
      measure(mesh, subjects, rounds, seconds);
      meshChannel.shutdownNow();
    } finally {
      bareChannel.shutdownNow();
      bare.shutdownNow();
    }
  }

  private static void measure(MeasuredMesh mesh, List<Subject> subjects, int rounds, double seconds)
      throws InterruptedException {
    for (Subject subject : subjects) {
      ClosedLoop.run(subject.name(), subject.operation(), 64, WARM_UP_SECONDS);
      mesh.awaitIdle();
    }
    for (int inFlight : IN_FLIGHT) {
      List<List<Measurement>> all = new ArrayList<>();
      subjects.forEach(_ -> all.add(new ArrayList<>()));
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < subjects.size(); i++) {
          Subject subject = subjects.get(i);
          all.get(i).add(ClosedLoop.run(subject.name(), subject.operation(), inFlight, seconds));
          mesh.awaitIdle();
        }
      }
      print(inFlight, all.stream().map(MeshMeasurements::median).toList());
    }
  }

  private static void print(int inFlight, List<Measurement> results) {
    Measurement bare = results.getFirst();
    System.out.printf("%n%d in flight%n%n", inFlight);
    System.out.println("| | per second | of bare | CPU µs | of bare | p50 ms | p99 ms |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Measurement result : results) {
      System.out.printf(
          "| %s | %,.0f | %.2f | %.0f | %.2f | %.2f | %.2f |%n",
          result.name(),
          result.rate(),
          result.rate() / bare.rate(),
          result.cpuMicros(),
          result.cpuMicros() / bare.cpuMicros(),
          result.p50Millis(),
          result.p99Millis());
    }
  }

  private static Measurement median(List<Measurement> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparingDouble(Measurement::rate))
        .toList()
        .get(rounds.size() / 2);
  }

  private static ClosedLoop.Operation submit(Channel channel) {
    SchedulerServiceGrpc.SchedulerServiceStub stub = SchedulerServiceGrpc.newStub(channel);
    return done -> stub.submitTask(REQUEST, new Answered(done));
  }

  /// Something that is measured.
  ///
  /// @param name what it is called in the table
  /// @param operation how it is done once
  private record Subject(String name, ClosedLoop.Operation operation) {}

  private record Answered(Runnable done) implements StreamObserver<SubmitTaskResponse> {
    @Override
    public void onNext(SubmitTaskResponse response) {}

    @Override
    public void onError(Throwable failure) {
      throw new IllegalStateException("submit failed", failure);
    }

    @Override
    public void onCompleted() {
      done.run();
    }
  }
}
