package io.swarmpilot.predictor.table;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelCount;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The contents of one lookup table. Immutable.
///
/// A record answers a query when its type is the one asked for, or that type and name joined by a
/// dash, and no other field contradicts the query. The record that states most of what was asked
/// wins, then the one with the closest features; among equals chance decides, which reproduces the
/// spread of repeated measurements.
public final class LookupTable {
  private final ImmutableListMultimap<String, RecordGroup> groupsByType;
  private final List<ModelCount> models;
  private final int size;
  private final int skipped;

  private LookupTable(
      ImmutableListMultimap<String, RecordGroup> groupsByType,
      List<ModelCount> models,
      int size,
      int skipped) {
    this.groupsByType = groupsByType;
    this.models = models;
    this.size = size;
    this.skipped = skipped;
  }

  static LookupTable of(List<TableRecord> records, int skipped) {
    ListMultimap<ModelIdentity, TableRecord> byIdentity =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    records.forEach(record -> byIdentity.put(record.identity(), record));
    ListMultimap<String, RecordGroup> byType =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    List<ModelCount> models = new ArrayList<>();
    for (ModelIdentity identity : byIdentity.keySet()) {
      List<TableRecord> alike = byIdentity.get(identity);
      RecordGroup group = new RecordGroup(identity, alike);
      byType.put(identity.type(), group);
      models.add(new ModelCount(identity, alike.size()));
    }
    fileUnderOtherTypes(records, byType);
    return new LookupTable(
        ImmutableListMultimap.copyOf(byType), List.copyOf(models), records.size(), skipped);
  }

  private static void fileUnderOtherTypes(
      List<TableRecord> records, ListMultimap<String, RecordGroup> byType) {
    ListMultimap<ModelIdentity, TableRecord> byIdentity =
        MultimapBuilder.linkedHashKeys().arrayListValues().build();
    for (TableRecord record : records) {
      if (!record.otherType().equals(record.identity().type())) {
        byIdentity.put(record.identity().withType(record.otherType()), record);
      }
    }
    for (ModelIdentity identity : byIdentity.keySet()) {
      byType.put(identity.type(), new RecordGroup(identity, byIdentity.get(identity)));
    }
  }

  /// The prediction for a query, if any record answers it.
  public Optional<Prediction> predict(Query query, RandomGenerator random) {
    int bestEqual = -1;
    double share = 0;
    double least = Double.POSITIVE_INFINITY;
    List<TableRecord> best = new ArrayList<>();
    for (RecordGroup group : candidates(query.identity())) {
      ModelIdentity.Match match = query.identity().compare(group.identity());
      if (!match.isCompatible() || match.equal() < bestEqual) {
        continue;
      }
      RecordGroup.Closest closest = group.closestTo(query.features());
      if (match.equal() > bestEqual || closest.distance() < least) {
        bestEqual = match.equal();
        share = match.share();
        least = closest.distance();
        best.clear();
      }
      if (closest.distance() == least) {
        best.addAll(closest.records());
      }
    }
    if (best.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(prediction(best.get(random.nextInt(best.size())), share));
  }

  private static Prediction prediction(TableRecord record, double share) {
    return new Prediction(
        record.distribution(), record.mean(), record.standardDeviation(), Method.LOOKUP, share);
  }

  private List<RecordGroup> candidates(ModelIdentity identity) {
    List<RecordGroup> groups = new ArrayList<>(groupsByType.get(identity.type()));
    if (!identity.name().isEmpty()) {
      groups.addAll(groupsByType.get(identity.joinedType()));
    }
    groups.addAll(groupsByType.get(""));
    return groups;
  }

  /// How many records there are for each model, hardware and software.
  public List<ModelCount> models() {
    return models;
  }

  /// How many records there are.
  public int size() {
    return size;
  }

  /// How many records were passed over because they are malformed or not successful.
  public int skipped() {
    return skipped;
  }
}
