package io.swarmpilot.predictor.service;

import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import io.swarmpilot.predictor.store.ModelHeader;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.store.StoredModel;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsResponse;
import io.swarmpilot.proto.predictor.v1.ModelVersion;
import io.swarmpilot.proto.predictor.v1.RestoreModelRequest;
import io.swarmpilot.proto.predictor.v1.RestoreModelResponse;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.error.Violations;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists the versions of trained models and puts earlier ones in force.
public final class ModelVersions {
  private static final Logger log = LoggerFactory.getLogger(ModelVersions.class);
  private static final int MAX_KEY_LENGTH = 12_000;

  private final ModelRepository models;

  /// Versions of the models of a repository.
  public ModelVersions(ModelRepository models) {
    this.models = models;
  }

  ListModelVersionsResponse list(ListModelVersionsRequest request) {
    ListModelVersionsResponse.Builder response =
        ListModelVersionsResponse.newBuilder().setStatus("success");
    models.active().stream()
        .filter(
            model -> !request.hasModelKey() || key(model.identity()).equals(request.getModelKey()))
        .sorted(Comparator.comparing(model -> key(model.identity())))
        .forEach(active -> {
          RequestRules.requireCaller();
          headers(active.identity())
              .forEach(header -> response.addVersions(version(header, active.version())));
        });
    return response.build();
  }

  private List<ModelHeader> headers(ModelIdentity identity) {
    try {
      return models.versions(identity);
    } catch (IOException e) {
      log.warn("the versions of {} cannot be read: {}", key(identity), e.toString());
      throw MeshException.of(ErrorReason.STORAGE_UNAVAILABLE, "The model directory cannot be read");
    }
  }

  private static ModelVersion version(ModelHeader header, int active) {
    ModelIdentity identity = header.identity();
    return ModelVersion.newBuilder()
        .setModelKey(key(identity))
        .setVersion(header.version())
        .setActive(header.version() == active)
        .setModelType(identity.type())
        .setModelName(identity.name())
        .setHardware(identity.hardware())
        .setSoftwareName(identity.softwareName())
        .setSoftwareVersion(identity.softwareVersion())
        .setStage(header.stage().label())
        .setRows(header.rows())
        .setTrainedAt(header.trainedAt())
        .setOrigin(header.origin().label())
        .setMetrics(Metrics.of(header))
        .addAllFeatures(header.features())
        .build();
  }

  RestoreModelResponse restore(RestoreModelRequest request) {
    String key = request.getModelKey();
    new Violations()
        .requireText("model_key", key, MAX_KEY_LENGTH)
        .require(!request.hasVersion() || request.getVersion() > 0, "version", "must be > 0")
        .throwIfAny();
    Optional<StoredModel> active =
        models.active().stream().filter(m -> key(m.identity()).equals(key)).findFirst();
    if (active.isEmpty()) {
      return failed("there is no trained model " + key);
    }
    try {
      int version = request.hasVersion() ? request.getVersion() : before(active.get());
      StoredModel restored = models.restore(active.get().identity(), version);
      return RestoreModelResponse.newBuilder()
          .setStatus("success")
          .setModelKey(key)
          .setVersion(restored.version())
          .build();
    } catch (IOException e) {
      return failed(key + ": " + e.getMessage());
    }
  }

  private int before(StoredModel active) throws IOException {
    return models.versions(active.identity()).stream()
        .mapToInt(ModelHeader::version)
        .filter(version -> version < active.version())
        .max()
        .orElseThrow(() -> new IOException("there is no version before " + active.version()));
  }

  private static RestoreModelResponse failed(String message) {
    return RestoreModelResponse.newBuilder().setStatus("error").setMessage(message).build();
  }

  private static String key(ModelIdentity identity) {
    return ModelKey.of(identity).text();
  }
}
