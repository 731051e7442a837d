package io.swarmpilot.predictor.service;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.store.ModelHeader;
import io.swarmpilot.predictor.trace.SampleLimits;
import io.swarmpilot.predictor.training.TrainingInput;
import io.swarmpilot.predictor.training.TrainingOutcome;
import io.swarmpilot.predictor.training.TrainingOutcome.Refused;
import io.swarmpilot.predictor.training.TrainingOutcome.Trained;
import io.swarmpilot.predictor.training.Trainings;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.proto.predictor.v1.TrainStreamRequest;
import io.swarmpilot.proto.predictor.v1.TrainStreamResponse;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.CheckedJson;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.runtime.time.MeshClock;

/// Answers the calls that train models. What cannot be learned from is an answer; a request without
/// a configuration is refused.
public final class TrainingRequests {
  private final Trainings trainings;
  private final MeshClock clock;

  /// Requests for these trainings.
  ///
  /// @param clock spaces the notices of progress
  public TrainingRequests(Trainings trainings, MeshClock clock) {
    this.trainings = trainings;
    this.clock = clock;
  }

  TrainResponse train(TrainRequest request) {
    TrainingInput input = input(request.getConfig(), request.getTraceFile());
    return response(trainings.train(input, new CallWatch()));
  }

  /// @param progress told how far training is, before the answer
  TrainStreamResponse trainStream(
      TrainStreamRequest request, StreamObserver<TrainStreamResponse> progress) {
    TrainingInput input = input(request.getConfig(), request.getTraceFile());
    TrainResponse result = response(trainings.train(input, new ProgressWatch(progress, clock)));
    return TrainStreamResponse.newBuilder()
        .setPhase("done")
        .setDone(1)
        .setTotal(1)
        .setResult(result)
        .build();
  }

  private static TrainingInput input(JsonValue config, ByteString file) {
    Violations violations = new Violations();
    JsonValue checked = JsonValues.emptyObject();
    if (JsonValues.isPresent(config)) {
      checked = JsonValues.object(config, "config", CheckedJson.isChecked(), violations);
    } else {
      violations.add(FieldViolation.missing("config"));
    }
    violations.require(
        file.size() <= SampleLimits.FILE_BYTES,
        "trace_file",
        "must have at most " + (SampleLimits.FILE_BYTES >> 20) + " MiB");
    violations.throwIfAny();
    return new TrainingInput(checked.getJson(), file);
  }

  private static TrainResponse response(TrainingOutcome outcome) {
    return switch (outcome) {
      case Trained trained -> success(trained);
      case Refused refused ->
          TrainResponse.newBuilder()
              .setStatus("error")
              .setMessage(refused.reason())
              .setMetrics(Metrics.ofError(refused.reason()))
              .build();
    };
  }

  private static TrainResponse success(Trained trained) {
    return TrainResponse.newBuilder()
        .setStatus("success")
        .setModelKey(ModelKey.of(trained.model().identity()).text())
        .setVersion(trained.model().version())
        .setMetrics(
            Metrics.of(ModelHeader.of(trained.model()), trained.quantiles(), trained.ignored()))
        .setDurationSeconds((int) (trained.milliseconds() / 1_000))
        .setDurationMs(trained.milliseconds())
        .build();
  }
}
