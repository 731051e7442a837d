package io.swarmpilot.predictor.store;

import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Keeps versions as long as the process lives.
final class MemoryArchive implements ModelArchive {
  private final Map<ModelIdentity, NavigableMap<Integer, StoredModel>> versions =
      new ConcurrentHashMap<>();

  @Override
  public Contents load() {
    return new Contents(List.of(), List.of());
  }

  @Override
  public int newest(ModelIdentity identity) {
    NavigableMap<Integer, StoredModel> kept = of(identity);
    return kept.isEmpty() ? 0 : kept.lastKey();
  }

  @Override
  public void save(StoredModel stored) {
    NavigableMap<Integer, StoredModel> kept = of(stored.identity());
    kept.put(stored.version(), stored);
    if (kept.size() > KEPT_VERSIONS) {
      kept.pollFirstEntry();
    }
  }

  @Override
  public void activate(ModelIdentity identity, int version) {
    // Which version is in force matters to the next process only, and there is none.
  }

  @Override
  public StoredModel read(ModelIdentity identity, int version) throws ModelFileException {
    StoredModel stored = of(identity).get(version);
    if (stored == null) {
      throw new ModelFileException("there is no version " + version);
    }
    return stored;
  }

  @Override
  public List<ModelHeader> versions(ModelIdentity identity) {
    return of(identity).descendingMap().values().stream().map(ModelHeader::of).toList();
  }

  private NavigableMap<Integer, StoredModel> of(ModelIdentity identity) {
    return versions.computeIfAbsent(identity, unknown -> new ConcurrentSkipListMap<>());
  }
}
