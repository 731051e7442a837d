package io.swarmpilot.predictor.store;

import io.swarmpilot.predictor.model.ModelIdentity;
import java.io.IOException;
import java.util.List;

/// Keeps versions of models, the last [#KEPT_VERSIONS] of each identity. One writer at a time.
sealed interface ModelArchive permits ModelDirectory, MemoryArchive {
  /// Versions kept of each identity.
  int KEPT_VERSIONS = 8;

  /// What was kept before.
  Contents load();

  /// The newest version of an identity; 0 when there is none.
  int newest(ModelIdentity identity) throws IOException;

  /// Keeps a version, marks it as the one in force, and lets go of the oldest.
  ///
  /// @throws IOException when it cannot be kept; what was kept before stays
  void save(StoredModel stored) throws IOException;

  /// Marks a version as the one in force.
  void activate(ModelIdentity identity, int version) throws IOException;

  /// A version.
  ///
  /// @throws IOException when there is none, or it cannot be used
  StoredModel read(ModelIdentity identity, int version) throws IOException;

  /// The versions of an identity whose headers can be read, the newest first.
  List<ModelHeader> versions(ModelIdentity identity) throws IOException;

  /// What an archive held.
  ///
  /// @param active the version in force of each identity, or else the best one to take its place
  /// @param refusals the files that cannot be used
  record Contents(List<StoredModel> active, List<Refusal> refusals) {}
}
