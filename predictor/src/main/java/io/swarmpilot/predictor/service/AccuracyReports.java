package io.swarmpilot.predictor.service;

import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.predictor.adapt.Adaptation;
import io.swarmpilot.predictor.adapt.KeySnapshot;
import io.swarmpilot.predictor.adapt.ModelEvents;
import io.swarmpilot.predictor.calibrate.AccuracyFigures;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.predict.ModelPredictions;
import io.swarmpilot.predictor.predict.PredictionEngine;
import io.swarmpilot.predictor.table.TableStore;
import io.swarmpilot.proto.predictor.v1.IntervalCoverage;
import io.swarmpilot.proto.predictor.v1.KeyAccuracy;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesRequest;
import io.swarmpilot.proto.predictor.v1.ListAccuraciesResponse;
import io.swarmpilot.proto.predictor.v1.ListModelEventsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelEventsResponse;
import io.swarmpilot.proto.predictor.v1.ModelEvent;
import io.swarmpilot.proto.predictor.v1.PredictorCounters;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Tells how good predictions have been, and what became of the models that made them.
public final class AccuracyReports {
  private final Adaptation adaptation;
  private final ModelEvents events;
  private final ModelPredictions predictions;
  private final PredictionEngine engine;
  private final TableStore tables;
  private final Supplier<RandomGenerator> random;

  /// Reports of what was learned from executions.
  ///
  /// @param predictions counts what was remembered
  /// @param engine tells where predictions come from now
  /// @param random gives a generator for the calling thread
  public AccuracyReports(
      Adaptation adaptation,
      ModelEvents events,
      ModelPredictions predictions,
      PredictionEngine engine,
      TableStore tables,
      Supplier<RandomGenerator> random) {
    this.adaptation = adaptation;
    this.events = events;
    this.predictions = predictions;
    this.engine = engine;
    this.tables = tables;
    this.random = random;
  }

  ListAccuraciesResponse accuracies(ListAccuraciesRequest request) {
    Optional<String> type =
        request.hasModelType() ? Optional.of(request.getModelType()) : Optional.empty();
    ListAccuraciesResponse.Builder response =
        ListAccuraciesResponse.newBuilder()
            .setStatus("success")
            .setCounters(
                PredictorCounters.newBuilder()
                    .setExecutionsLearned(adaptation.learned())
                    .setExecutionsDropped(adaptation.dropped())
                    .setCacheHits(predictions.hits())
                    .setCacheMisses(predictions.misses()));
    adaptation.snapshots(type).forEach(key -> response.addAccuracies(accuracy(key)));
    return response.build();
  }

  private KeyAccuracy accuracy(KeySnapshot key) {
    ModelIdentity identity = key.identity();
    AccuracyFigures figures = key.figures();
    KeyAccuracy.Builder accuracy =
        KeyAccuracy.newBuilder()
            .setModelKey(ModelKey.of(identity).text())
            .setModelType(identity.type())
            .setModelName(identity.name())
            .setHardware(identity.hardware())
            .setSoftwareName(identity.softwareName())
            .setSoftwareVersion(identity.softwareVersion())
            .setPredictionMethod(method(identity).label())
            .setVersion(key.version())
            .setState(key.state().label())
            .setExecutions(figures.executions())
            .setExecutionsTotal(figures.executionsTotal())
            .setPinballMs(figures.pinballMs())
            .setPinballRelative(figures.pinballRelative())
            .setCrpsMs(figures.crpsMs())
            .setBiasMs(figures.biasMs())
            .setMaeMs(figures.maeMs())
            .setMape(figures.mape())
            .setSharpnessMs(figures.sharpnessMs())
            .addAllPit(figures.pit().asList())
            .setSlowdown(key.slowdown());
    ImmutableDoubleArray coverage = figures.coverage();
    for (int i = 0; i < coverage.length(); i++) {
      accuracy.addCoverage(
          IntervalCoverage.newBuilder()
              .setLevel(AccuracyFigures.LEVELS.get(i))
              .setObserved(coverage.get(i)));
    }
    key.sinceDrift().ifPresent(accuracy::setExecutionsSinceDrift);
    return accuracy.build();
  }

  private Method method(ModelIdentity identity) {
    return engine
        .predict(new Query(identity, Features.NONE), tables.defaultIfLoaded(), random.get())
        .map(Prediction::method)
        .orElse(Method.PRIOR);
  }

  ListModelEventsResponse events(ListModelEventsRequest request) {
    ListModelEventsResponse.Builder response =
        ListModelEventsResponse.newBuilder().setStatus("success");
    events.newestFirst().stream()
        .filter(event -> !request.hasModelKey() || event.key().text().equals(request.getModelKey()))
        .map(AccuracyReports::event)
        .forEach(response::addEvents);
    return response.build();
  }

  private static ModelEvent event(ModelEvents.Event event) {
    return ModelEvent.newBuilder()
        .setTime(event.time())
        .setModelKey(event.key().text())
        .setKind(event.kind().label())
        .setMessage(event.message())
        .setVersion(event.version())
        .build();
  }
}
