package io.swarmpilot.predictor.service;

import com.google.protobuf.ByteString;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.predict.PredictionEngine;
import io.swarmpilot.predictor.table.LookupTable;
import io.swarmpilot.predictor.table.NewTable;
import io.swarmpilot.predictor.table.TableException;
import io.swarmpilot.predictor.table.TableStore;
import io.swarmpilot.predictor.trace.Faults;
import io.swarmpilot.predictor.trace.RowFile;
import io.swarmpilot.predictor.trace.SampleLimits;
import io.swarmpilot.predictor.trace.TraceException;
import io.swarmpilot.proto.predictor.v1.PredictTableRequest;
import io.swarmpilot.proto.predictor.v1.PredictTableResponse;
import io.swarmpilot.runtime.error.Violations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Makes lookup tables of traces, by what predicts best at the time.
public final class TableRequests {
  private static final Set<String> FORMATS = Set.of("", "json", "csv");
  private static final double DEFAULT_CONFIDENCE = 0.95;
  private static final int MOST = 2;

  private final PredictionEngine engine;
  private final TableStore tables;
  private final Supplier<RandomGenerator> random;
  private final Semaphore places = new Semaphore(MOST);

  /// Tables by an engine.
  ///
  /// @param random gives a generator for the calling thread
  public TableRequests(
      PredictionEngine engine, TableStore tables, Supplier<RandomGenerator> random) {
    this.engine = engine;
    this.tables = tables;
    this.random = random;
  }

  PredictTableResponse predictTable(PredictTableRequest request) {
    ModelIdentity identity =
        new ModelIdentity(
            request.getModelType(),
            request.getModelName(),
            request.getHardware(),
            request.getSoftwareName(),
            request.getSoftwareVersion());
    double level = request.hasConfidenceLevel() ? request.getConfidenceLevel() : DEFAULT_CONFIDENCE;
    Violations violations = new Violations();
    RequestRules.requireIdentity(identity, violations);
    violations
        .requirePresent(!request.getTraceFile().isEmpty(), "trace_file")
        .require(
            request.getTraceFile().size() <= SampleLimits.FILE_BYTES,
            "trace_file",
            "must have at most " + (SampleLimits.FILE_BYTES >> 20) + " MiB")
        .require(FORMATS.contains(request.getFormat()), "format", "must be json or csv");
    RequestRules.requireConfidence(level, violations);
    violations.throwIfAny();
    if (!places.tryAcquire()) {
      return failed("busy: " + MOST + " tables are being made; try again later");
    }
    try {
      return made(identity, request.getTraceFile(), level, request.getFormat().equals("csv"));
    } finally {
      places.release();
    }
  }

  private PredictTableResponse made(
      ModelIdentity identity, ByteString file, double level, boolean csv) {
    Faults faults = new Faults();
    List<Features> tasks = tasks(file, faults);
    if (!faults.areNone()) {
      return failed(faults.message());
    }
    // One for all rows: it may change meanwhile, by the table that is being made for one.
    Optional<LookupTable> table = tables.defaultIfLoaded();
    if (predict(identity, tasks.getFirst(), table).isEmpty()) {
      return failed(Answers.noData(identity.type()));
    }
    String name = ModelKey.of(identity).fileName() + "_lookup." + (csv ? "csv" : "json");
    try {
      String path =
          tables
              .make(
                  name,
                  new NewTable(identity, tasks, level, csv),
                  task -> predict(identity, task, table).orElseGet(engine::prior))
              .toString();
      return PredictTableResponse.newBuilder().setStatus("successful").setPath(path).build();
    } catch (TableException e) {
      return failed(e.message());
    }
  }

  private static List<Features> tasks(ByteString file, Faults faults) {
    List<Features> tasks = new ArrayList<>();
    try {
      RowFile.read(file.newInput(), "trace_file", (row, path) -> tasks.add(row.features()), faults);
    } catch (TraceException e) {
      faults.add(e);
    }
    if (faults.areNone() && tasks.isEmpty()) {
      faults.add("trace_file", "holds no traces");
    }
    return tasks;
  }

  /// What is known of one task of a model is known of all: predictions differ by features, not in
  /// whether there are any.
  private Optional<Prediction> predict(
      ModelIdentity identity, Features task, Optional<LookupTable> table) {
    RequestRules.requireCaller();
    return engine.predict(new Query(identity, task), table, random.get());
  }

  private static PredictTableResponse failed(String message) {
    return PredictTableResponse.newBuilder().setStatus("failed").setMessage(message).build();
  }
}
