package io.swarmpilot.predictor.table;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.Multimaps;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.ArrayList;
import java.util.List;

/// The records of a table that are alike but for their features.
final class RecordGroup {
  private final ModelIdentity identity;
  private final ImmutableListMultimap<Features, TableRecord> byFeatures;

  RecordGroup(ModelIdentity identity, List<TableRecord> records) {
    this.identity = identity;
    this.byFeatures = Multimaps.index(records, TableRecord::features);
  }

  ModelIdentity identity() {
    return identity;
  }

  /// The records closest to a task, and how far they are from it.
  Closest closestTo(Features features) {
    List<TableRecord> same = byFeatures.get(features);
    if (!same.isEmpty()) {
      return new Closest(0, same);
    }
    double least = Double.POSITIVE_INFINITY;
    List<TableRecord> closest = new ArrayList<>();
    // Records with the same features are at the same distance: one measurement for all of them.
    for (Features known : byFeatures.keySet()) {
      double distance = FeatureDistance.between(features, known);
      if (distance < least) {
        least = distance;
        closest.clear();
      }
      if (distance == least) {
        closest.addAll(byFeatures.get(known));
      }
    }
    return new Closest(least, closest);
  }

  /// Records at the same least distance.
  ///
  /// @param distance their distance
  /// @param records the records
  record Closest(double distance, List<TableRecord> records) {}
}
