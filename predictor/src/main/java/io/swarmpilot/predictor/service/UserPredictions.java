package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.predict.PredictionEngine;
import io.swarmpilot.predictor.table.LookupTable;
import io.swarmpilot.predictor.table.TableException;
import io.swarmpilot.predictor.table.TableStore;
import io.swarmpilot.predictor.trace.Trace;
import io.swarmpilot.proto.predictor.v1.PredictBatchRequest;
import io.swarmpilot.proto.predictor.v1.PredictBatchResponse;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictSingleRequest;
import io.swarmpilot.proto.predictor.v1.PredictSingleResponse;
import io.swarmpilot.proto.predictor.v1.PredictionResult;
import io.swarmpilot.proto.predictor.v1.PredictionSummary;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.time.MeshClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Answers the documented prediction endpoints.
public final class UserPredictions {
  private static final int MAX_TRACES = 100_000;

  private final PredictionEngine engine;
  private final TableStore tables;
  private final Supplier<RandomGenerator> random;
  private final MeshClock clock;

  /// Predictions by an engine and the lookup tables.
  ///
  /// @param random gives a generator for the calling thread
  /// @param clock tells how long a call took
  public UserPredictions(
      PredictionEngine engine,
      TableStore tables,
      Supplier<RandomGenerator> random,
      MeshClock clock) {
    this.engine = engine;
    this.tables = tables;
    this.random = random;
    this.clock = clock;
  }

  PredictResponse predict(PredictRequest request) {
    String type = request.getModelType();
    Violations violations =
        new Violations().requireText("model_type", type, RequestRules.MAX_NAME_LENGTH);
    Trace metadata = TraceFields.optional(request.getMetadata(), "metadata", violations);
    violations.throwIfAny();
    Query query = new Query(metadata.identityOf(type), metadata.features());
    return engine
        .predict(query, tables.defaultIfLoaded(), random.get())
        .map(prediction -> Answers.response(prediction, type))
        .orElseGet(() ->
            PredictResponse.newBuilder()
                .setStatus("error")
                .setMessage(Answers.noData(type))
                .build());
  }

  PredictSingleResponse predictSingle(PredictSingleRequest request) {
    long start = clock.nanos();
    ModelIdentity identity =
        new ModelIdentity(
            request.getModelType(),
            request.getModelName(),
            request.getHardware(),
            request.getSoftwareName(),
            request.getSoftwareVersion());
    double level = request.getConfidenceLevel();
    Violations violations = new Violations();
    RequestRules.requireIdentity(identity, violations);
    RequestRules.requireConfidence(request.hasConfidenceLevel(), level, violations);
    Trace trace = TraceFields.required(request.getTrace(), "trace", violations);
    violations.throwIfAny();
    TableChoice choice = new TableChoice(request.getLookupTable(), request.getLookupTableName());
    PredictionResult result =
        results(identity, List.of(trace.features()), choice, level).getFirst();
    return PredictSingleResponse.newBuilder()
        .setSummary(summary(List.of(result), level, start))
        .setResults(result)
        .build();
  }

  PredictBatchResponse predictBatch(PredictBatchRequest request) {
    long start = clock.nanos();
    ModelIdentity identity =
        new ModelIdentity(
            request.getModelType(),
            request.getModelName(),
            request.getHardware(),
            request.getSoftwareName(),
            request.getSoftwareVersion());
    double level = request.getConfidenceLevel();
    Violations violations = new Violations();
    RequestRules.requireIdentity(identity, violations);
    RequestRules.requireConfidence(request.hasConfidenceLevel(), level, violations);
    List<Features> traces = traces(request, violations);
    violations.throwIfAny();
    TableChoice choice = new TableChoice(request.getLookupTable(), request.getLookupTableName());
    List<PredictionResult> results = results(identity, traces, choice, level);
    return PredictBatchResponse.newBuilder()
        .setSummary(summary(results, level, start))
        .addAllResults(results)
        .setExpect(results.stream().mapToDouble(PredictionResult::getExpect).sum())
        .setError(Math.sqrt(results.stream().mapToDouble(r -> r.getError() * r.getError()).sum()))
        .build();
  }

  private static List<Features> traces(PredictBatchRequest request, Violations violations) {
    int count = request.getTraceCount();
    if (count > MAX_TRACES) {
      violations.require(false, "trace", "must have at most " + MAX_TRACES + " elements");
      return List.of();
    }
    List<Features> traces = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      traces.add(
          TraceFields.required(request.getTrace(i), "trace[" + i + "]", violations).features());
      if (violations.found().size() >= RequestRules.MAX_VIOLATIONS) {
        break;
      }
    }
    return traces;
  }

  private List<PredictionResult> results(
      ModelIdentity identity, List<Features> traces, TableChoice choice, double level) {
    List<PredictionResult> results = new ArrayList<>(traces.size());
    try {
      Optional<LookupTable> table = choice.from(tables);
      for (Features features : traces) {
        RequestRules.requireCaller();
        results.add(
            predict(new Query(identity, features), table, choice)
                .map(prediction -> Answers.result(prediction, identity, level))
                .orElseGet(() -> Answers.failed(Answers.noData(identity.type()))));
      }
    } catch (TableException e) {
      traces.forEach(trace -> results.add(Answers.failed(e.message())));
    }
    return results;
  }

  private Optional<Prediction> predict(
      Query query, Optional<LookupTable> table, TableChoice choice) {
    return choice.tableOnly()
        ? engine.lookUp(query, table, random.get())
        : engine.predict(query, table, random.get());
  }

  private PredictionSummary summary(List<PredictionResult> results, double level, long start) {
    int success = (int) results.stream().filter(r -> r.getStatus().equals("success")).count();
    double milliseconds = (clock.nanos() - start) / 1e6;
    return PredictionSummary.newBuilder()
        .setTotal(results.size())
        .setSuccess(success)
        .setFailed(results.size() - success)
        .setConfidenceLevel(level)
        .setDurationSeconds((int) (milliseconds / 1_000))
        .setDurationMs(milliseconds)
        .build();
  }
}
