package io.swarmpilot.predictor.store;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Multimaps;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelIdentity.Match;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The models in force at one time, found by what is asked for. Immutable.
final class ModelIndex {
  private final ImmutableMap<ModelIdentity, StoredModel> byIdentity;
  private final ImmutableListMultimap<String, StoredModel> byType;

  private ModelIndex(ImmutableMap<ModelIdentity, StoredModel> byIdentity) {
    this.byIdentity = byIdentity;
    this.byType = Multimaps.index(byIdentity.values(), model -> model.identity().type());
  }

  static ModelIndex of(Collection<StoredModel> models) {
    return new ModelIndex(
        models.stream().collect(ImmutableMap.toImmutableMap(StoredModel::identity, m -> m)));
  }

  /// The same with a model in place of the one of its identity.
  ModelIndex with(StoredModel model) {
    Map<ModelIdentity, StoredModel> models = new HashMap<>(byIdentity);
    models.put(model.identity(), model);
    return new ModelIndex(ImmutableMap.copyOf(models));
  }

  Collection<StoredModel> all() {
    return byIdentity.values();
  }

  Optional<StoredModel> exact(ModelIdentity identity) {
    return Optional.ofNullable(byIdentity.get(identity));
  }

  /// The model of just what is asked for; else, of those that contradict nothing of it, the one
  /// that states most of it, and among equals the one of the most rows.
  Optional<StoredModel> best(ModelIdentity asked) {
    Optional<StoredModel> exact = exact(asked);
    return exact.isPresent()
        ? exact
        : Stream.of(asked.type(), asked.joinedType(), "")
            .distinct()
            .flatMap(type -> byType.get(type).stream())
            .map(model -> new Candidate(model, asked.compare(model.identity())))
            .filter(candidate -> candidate.match.isCompatible())
            .max(Candidate.ORDER)
            .map(Candidate::model);
  }

  private record Candidate(StoredModel model, Match match) {
    private static final Comparator<Candidate> ORDER =
        Comparator.comparingInt((Candidate candidate) -> candidate.match.equal())
            .thenComparingInt(candidate -> candidate.model.model().rows())
            .thenComparing(candidate -> candidate.model.identity().toString());
  }
}
