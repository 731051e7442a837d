package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.adapt.Adaptation;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.predict.PredictionEngine;
import io.swarmpilot.predictor.table.LookupTable;
import io.swarmpilot.predictor.table.TableStore;
import io.swarmpilot.proto.predictor.v1.ExecutionReport;
import io.swarmpilot.proto.predictor.v1.ExecutionTarget;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsRequest;
import io.swarmpilot.proto.predictor.v1.PredictDistributionsResponse;
import io.swarmpilot.proto.predictor.v1.PredictionAnswer;
import io.swarmpilot.proto.predictor.v1.PredictionQuery;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsRequest;
import io.swarmpilot.proto.predictor.v1.ReportExecutionsResponse;
import io.swarmpilot.runtime.error.Violations;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Predicts for the scheduler, and learns from the executions that it reports.
public final class SchedulerPredictions {
  private static final int MAX_QUERIES = 1_000;
  private static final int MAX_TARGETS = 1_000;
  private static final int MAX_REPORTS = 10_000;

  /// Most distributions in one answer: what fits into a message.
  private static final int MAX_DISTRIBUTIONS = 100_000;

  private final PredictionEngine engine;
  private final TableStore tables;
  private final Adaptation adaptation;
  private final Supplier<RandomGenerator> random;

  /// Predictions by an engine and the lookup tables.
  ///
  /// @param adaptation learns from the executions
  /// @param random gives a generator for the calling thread
  public SchedulerPredictions(
      PredictionEngine engine,
      TableStore tables,
      Adaptation adaptation,
      Supplier<RandomGenerator> random) {
    this.engine = engine;
    this.tables = tables;
    this.adaptation = adaptation;
    this.random = random;
  }

  PredictDistributionsResponse predict(PredictDistributionsRequest request) {
    check(request);
    Optional<LookupTable> table = tables.defaultIfLoaded();
    PredictDistributionsResponse.Builder response = PredictDistributionsResponse.newBuilder();
    for (PredictionQuery query : request.getQueriesList()) {
      Features features = Features.of(query.getFeaturesMap());
      PredictionAnswer.Builder answer = PredictionAnswer.newBuilder();
      for (ExecutionTarget target : query.getTargetsList()) {
        RequestRules.requireCaller();
        ModelIdentity identity = identity(query.getModelType(), query.getModelName(), target);
        answer.addDistributions(
            Answers.distribution(
                predict(
                    new Query(identity, features),
                    target.getTiUuid(),
                    table,
                    request.getLookupTable())));
      }
      response.addAnswers(answer);
    }
    return response.build();
  }

  private Prediction predict(
      Query query, String instance, Optional<LookupTable> table, boolean tableOnly) {
    Optional<Prediction> known =
        tableOnly
            ? engine.lookUp(query, table, random.get())
            : engine.predict(query, instance, table, random.get());
    return known.orElseGet(engine::prior);
  }

  ReportExecutionsResponse report(ReportExecutionsRequest request) {
    int count = request.getReportsCount();
    new Violations()
        .require(count <= MAX_REPORTS, "reports", "must have at most " + MAX_REPORTS + " elements")
        .throwIfAny();
    int accepted = 0;
    for (ExecutionReport report : request.getReportsList()) {
      accepted += learn(report) ? 1 : 0;
    }
    return ReportExecutionsResponse.newBuilder()
        .setAccepted(accepted)
        .setIgnored(count - accepted)
        .build();
  }

  private boolean learn(ExecutionReport report) {
    ModelIdentity identity =
        identity(report.getModelType(), report.getModelName(), report.getTarget());
    if (longest(identity) > RequestRules.MAX_NAME_LENGTH
        || report.getTaskId().length() > RequestRules.MAX_NAME_LENGTH
        || report.getTiUuid().length() > RequestRules.MAX_NAME_LENGTH) {
      return false;
    }
    try {
      Query query = new Query(identity, Features.of(report.getFeaturesMap()));
      Execution execution =
          new Execution(report.getTaskId(), report.getAttempt(), query, report.getExecutionMs());
      return adaptation.learn(execution, report.getTiUuid(), report.getCompletionTime());
    } catch (IllegalArgumentException e) {
      // One report that makes no sense does not take the others down; the answer counts it.
      return false;
    }
  }

  private static ModelIdentity identity(String type, String name, ExecutionTarget target) {
    return new ModelIdentity(
        type, name, target.getHardware(), target.getSoftwareName(), target.getSoftwareVersion());
  }

  private static int longest(ModelIdentity identity) {
    return Math.max(
        Math.max(identity.type().length(), identity.name().length()),
        Math.max(
            identity.hardware().length(),
            Math.max(identity.softwareName().length(), identity.softwareVersion().length())));
  }

  private static void check(PredictDistributionsRequest request) {
    Violations violations = new Violations();
    violations.require(
        request.getQueriesCount() <= MAX_QUERIES,
        "queries",
        "must have at most " + MAX_QUERIES + " elements");
    violations.throwIfAny();
    long distributions = 0;
    for (int i = 0; i < request.getQueriesCount(); i++) {
      PredictionQuery query = request.getQueries(i);
      check(query, "queries[" + i + "]", violations);
      distributions += query.getTargetsCount();
      if (violations.found().size() >= RequestRules.MAX_VIOLATIONS) {
        break;
      }
    }
    violations
        .require(
            distributions <= MAX_DISTRIBUTIONS,
            "queries",
            "must have at most " + MAX_DISTRIBUTIONS + " targets in all")
        .throwIfAny();
  }

  private static void check(PredictionQuery query, String path, Violations violations) {
    violations
        .requireText(path + ".model_type", query.getModelType(), RequestRules.MAX_NAME_LENGTH)
        .require(
            query.getTargetsCount() <= MAX_TARGETS,
            path + ".targets",
            "must have at most " + MAX_TARGETS + " elements")
        .require(
            query.getFeaturesCount() <= Features.MAX_COUNT,
            path + ".features",
            "must have at most " + Features.MAX_COUNT + " elements");
    query
        .getFeaturesMap()
        .forEach((name, value) -> {
          if (!Double.isFinite(value)) {
            violations.require(false, path + ".features." + name, "must be a finite number");
          }
        });
  }
}
