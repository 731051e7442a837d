package io.swarmpilot.client;

import io.swarmpilot.proto.predictor.v1.PredictBatchResponse;
import java.util.List;

/// The predictions of many traces.
///
/// @param results one entry a trace, in the order of the request
/// @param failed traces that could not be predicted
/// @param total mean of the sum and its standard deviation, ms
public record BatchPrediction(List<TracePrediction> results, int failed, ExpectedTime total) {
  /// Copies the list.
  public BatchPrediction {
    results = List.copyOf(results);
  }

  static BatchPrediction of(PredictBatchResponse answer) {
    return new BatchPrediction(
        answer.getResultsList().stream().map(TracePrediction::of).toList(),
        answer.getSummary().getFailed(),
        new ExpectedTime(answer.getExpect(), answer.getError()));
  }
}
