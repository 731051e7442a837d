package io.swarmpilot.launcher.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// What a mesh is made of.
///
/// @param instances task instances, 0 to 2; 2 unless given
/// @param model model that the instances run; `contract-model` unless given, "" for none
/// @param replicas replicas of it on each instance; 1 unless given
/// @param config settings of the backend; a short simulated latency unless given
/// @param registered whether the instances are registered with the scheduler; true unless given
/// @param tables the predictor's tables: `samples` unless given, `none`, or `unusable` for a
///   directory that cannot be made
/// @param defaultTable the predictor's default table, one of the sample tables
/// @param maxQueue most tasks that wait at an instance
/// @param maxLiveTasks most tasks the scheduler takes at a time
/// @param allowedNetworks networks that instances may be registered from
record MeshSetup(
    @Nullable Integer instances,
    @Nullable String model,
    @Nullable Integer replicas,
    @Nullable JsonNode config,
    @Nullable Boolean registered,
    @Nullable String tables,
    @JsonProperty("default_table") @Nullable String defaultTable,
    @JsonProperty("max_queue") @Nullable Integer maxQueue,
    @JsonProperty("max_live_tasks") @Nullable Integer maxLiveTasks,
    @JsonProperty("allowed_networks") @Nullable String allowedNetworks) {
  static final MeshSetup STANDARD =
      new MeshSetup(null, null, null, null, null, null, null, null, null, null);

  int instanceCount() {
    return instances == null ? 2 : instances;
  }

  String modelName() {
    return model == null ? "contract-model" : model;
  }

  boolean isRegistered() {
    return registered == null || registered;
  }
}
