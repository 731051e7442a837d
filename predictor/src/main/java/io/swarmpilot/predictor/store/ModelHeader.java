package io.swarmpilot.predictor.store;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.learn.HeldOut;
import io.swarmpilot.predictor.learn.Stage;
import io.swarmpilot.predictor.model.ModelIdentity;

/// What is known of a version of a model without the model itself.
///
/// @param identity what it is for
/// @param version counts from 1 for each identity
/// @param origin what it was trained from
/// @param trainedAt when, Unix seconds
/// @param stage how elaborate it is
/// @param rows samples it was trained from
/// @param features names of the features it uses, in order
/// @param heldOut how well it predicted what it was not trained on
public record ModelHeader(
    ModelIdentity identity,
    int version,
    Origin origin,
    double trainedAt,
    Stage stage,
    int rows,
    ImmutableList<String> features,
    HeldOut heldOut) {
  /// The header of a version.
  public static ModelHeader of(StoredModel stored) {
    return new ModelHeader(
        stored.identity(),
        stored.version(),
        stored.origin(),
        stored.trainedAt(),
        stored.model().stage(),
        stored.model().rows(),
        stored.model().featureNames(),
        stored.model().heldOut());
  }
}
