package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.ModelCount;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.table.TableStore;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.ListModelsResponse;
import io.swarmpilot.proto.predictor.v1.ModelInfo;
import io.swarmpilot.runtime.BuildInfo;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Tells what there are predictions for, and whether the predictor is well.
public final class ModelRegistry {
  private final TableStore tables;
  private final LiveExecutions live;

  /// A registry of what tables and executions tell.
  public ModelRegistry(TableStore tables, LiveExecutions live) {
    this.tables = tables;
    this.live = live;
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
    List<ModelCount> fromTables = tables.models();
    Stream.concat(fromTables.stream(), live.models().stream())
        .filter(known -> known.count() > 0 && !known.identity().type().isEmpty())
        .forEach(known ->
            models.computeIfAbsent(Model.of(known.identity()), model -> new Tally()).add(known));
    return models;
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
