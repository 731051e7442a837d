package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.ModelCount;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.store.Origin;
import io.swarmpilot.predictor.table.TableStore;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.ListModelsResponse;
import io.swarmpilot.proto.predictor.v1.ModelInfo;
import io.swarmpilot.runtime.BuildInfo;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Tells what there are predictions for, and whether the predictor is well.
public final class ModelRegistry {
  private final TableStore tables;
  private final LiveExecutions live;
  private final ModelRepository trained;

  /// A registry of what tables, executions and trained models tell.
  public ModelRegistry(TableStore tables, LiveExecutions live, ModelRepository trained) {
    this.tables = tables;
    this.live = live;
    this.trained = trained;
  }

  GetHealthResponse health() {
    boolean loaded = tables.defaultIfLoaded().isPresent();
    return GetHealthResponse.newBuilder()
        .setStatus(tables.isUsable() ? "healthy" : "unhealthy")
        .setService("predictor")
        .setVersion(BuildInfo.version())
        .setTotalModels(models().size())
        .setMode(loaded ? "lookup_table" : "default")
        .setLookupPredictorLoaded(loaded)
        .build();
  }

  ListModelsResponse list() {
    ListModelsResponse.Builder response = ListModelsResponse.newBuilder().setStatus("success");
    models().forEach((model, tally) -> response.addModels(tally.describe(model)));
    return response.build();
  }

  private NavigableMap<Model, Tally> models() {
    NavigableMap<Model, Tally> models = new TreeMap<>();
    Stream.of(tables.models().stream(), executed(), requested())
        .flatMap(known -> known)
        .filter(known -> known.count() > 0 && !known.identity().type().isEmpty())
        .forEach(known ->
            models.computeIfAbsent(Model.of(known.identity()), model -> new Tally()).add(known));
    return models;
  }

  /// Executions are counted once: those of a model that learned from them are, or were, among the
  /// recent ones.
  private Stream<ModelCount> executed() {
    Map<ModelIdentity, Long> counts = new HashMap<>();
    live.models().forEach(known -> counts.merge(known.identity(), known.count(), Long::sum));
    trained.active().stream()
        .filter(model -> model.origin() == Origin.LIVE)
        .forEach(model -> counts.merge(model.identity(), (long) model.model().rows(), Math::max));
    return counts.entrySet().stream()
        .map(count -> new ModelCount(count.getKey(), count.getValue()));
  }

  private Stream<ModelCount> requested() {
    return trained.active().stream()
        .filter(model -> model.origin() == Origin.REQUEST)
        .map(model -> new ModelCount(model.identity(), model.model().rows()));
  }

  /// A model as it is listed.
  private record Model(String type, String name) implements Comparable<Model> {
    private static final Comparator<Model> ORDER =
        Comparator.comparing(Model::type).thenComparing(Model::name);

    static Model of(ModelIdentity identity) {
      return new Model(identity.type(), identity.name());
    }

    @Override
    public int compareTo(Model other) {
      return ORDER.compare(this, other);
    }
  }

  /// What is known of one model.
  private static final class Tally {
    private final NavigableSet<String> hardware = new TreeSet<>();
    private final NavigableSet<String> software = new TreeSet<>();
    private long predictions;

    void add(ModelCount known) {
      ModelIdentity identity = known.identity();
      predictions += known.count();
      if (!identity.hardware().isEmpty()) {
        hardware.add(identity.hardware());
      }
      if (!identity.softwareName().isEmpty()) {
        String version = identity.softwareVersion();
        software.add(identity.softwareName() + (version.isEmpty() ? "" : "-" + version));
      }
    }

    ModelInfo describe(Model model) {
      ModelInfo.Builder info =
          ModelInfo.newBuilder()
              .setModelType(model.type)
              .setTotalPredictions(predictions)
              .addAllHardwareTypes(hardware)
              .addAllSoftwareVersions(software);
      if (!model.name.isEmpty()) {
        info.setModelName(model.name);
      }
      return info.build();
    }
  }
}
