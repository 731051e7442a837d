package io.swarmpilot.predictor.service;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.predictor.PredictorServer;
import io.swarmpilot.proto.predictor.v1.ExecutionReport;
import io.swarmpilot.proto.predictor.v1.ExecutionTarget;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceBlockingStub;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsResponse;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A predictor of its own for one test, called over gRPC inside the process.
final class PredictorHarness implements AutoCloseable {
  private final PredictorServer server;
  private final ManagedChannel channel;
  private int reported;

  private PredictorHarness(PredictorServer server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  /// Starts a predictor whose directory holds the tables of the documents.
  static PredictorHarness start(Path directory) throws IOException {
    return start(directory, PredictorConfig.defaults());
  }

  /// Starts a predictor whose default table is one of them.
  static PredictorHarness start(Path directory, String defaultTable) throws IOException {
    return start(directory, PredictorConfig.defaults().withDefaultTable(Path.of(defaultTable)));
  }

  private static PredictorHarness start(Path directory, PredictorConfig config) throws IOException {
    for (String sample : List.of("predictions.json", "five-quantiles.json")) {
      Files.copy(
          Path.of("src/test/resources/tables", sample),
          directory.resolve(sample),
          StandardCopyOption.REPLACE_EXISTING);
    }
    return learning(directory, config.withLiveTraining(false));
  }

  /// Starts a predictor that keeps everything in a directory, perhaps one that another has left.
  static PredictorHarness learning(Path directory, PredictorConfig config) throws IOException {
    String name = "predictor-" + UUID.randomUUID();
    PredictorServer server =
        PredictorServer.start(
            config
                .withDataDirectory(directory.resolve("data"))
                .withTableDirectory(directory)
                .withInProcessName(name)
                .withPort(-1));
    return new PredictorHarness(server, MeshChannels.inProcess(name));
  }

  PredictorServiceBlockingStub stub() {
    return PredictorServiceGrpc.newBlockingStub(channel);
  }

  /// The request of the predictor document's example call.
  static PredictSingleRequest.Builder single() {
    return PredictSingleRequest.newBuilder()
        .setModelType("gpt-3.5")
        .setModelName("turbo")
        .setHardware("A100")
        .setSoftwareName("vllm")
        .setSoftwareVersion("0.1.0")
        .setTrace(JsonValues.of("{}"))
        .setConfidenceLevel(0.95);
  }

  /// Reports the same execution time a number of times.
  ReportExecutionsResponse report(
      String type, String hardware, Map<String, Double> features, double milliseconds, int times) {
    ReportExecutionsRequest.Builder request = ReportExecutionsRequest.newBuilder();
    for (int i = 0; i < times; i++) {
      request.addReports(
          ExecutionReport.newBuilder()
              .setTaskId("task-" + reported++)
              .setAttempt(1)
              .setModelType(type)
              .setTarget(ExecutionTarget.newBuilder().setHardware(hardware))
              .putAllFeatures(features)
              .setExecutionMs(milliseconds));
    }
    return stub().reportExecutions(request.build());
  }

  /// The fields that a refused call names, each as "field type: message".
  static List<String> violations(ThrowingCallable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
    if (failure == null || failure.getStatus().getCode() != Status.Code.INVALID_ARGUMENT) {
      throw new AssertionError("expected INVALID_ARGUMENT, not " + failure);
    }
    try {
      List<String> found = new ArrayList<>();
      for (BadRequest.FieldViolation violation :
          Objects.requireNonNull(StatusProto.fromThrowable(failure))
              .getDetails(1)
              .unpack(BadRequest.class)
              .getFieldViolationsList()) {
        found.add(
            violation.getField() + " " + violation.getReason() + ": " + violation.getDescription());
      }
      return found;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
