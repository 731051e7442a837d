package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Predicts an execution time.
@Command(name = "predict", description = "Predict how long a task takes.")
public final class PredictCommand extends ClientCommand {
  @Parameters(paramLabel = "MODEL_TYPE", description = "Type of the model.")
  private String modelType = "";

  @Option(
      names = "--metadata",
      paramLabel = "JSON|@FILE",
      description = "What is known about the task, a JSON object.")
  private String metadata = "{}";

  @Override
  public Integer call() {
    PredictRequest request =
        PredictRequest.newBuilder()
            .setModelType(modelType)
            .setMetadata(JsonArgument.read("--metadata", metadata))
            .build();
    try (Session session = target().predictor()) {
      PredictResponse answer = session.call(() -> session.predictor().predict(request));
      if (target().json()) {
        screen().json(answer);
      } else if (answer.getStatus().equals("success")) {
        show(answer);
      }
      if (!answer.getStatus().equals("success")) {
        throw new CommandFailure(answer.getMessage());
      }
      return 0;
    }
  }

  private void show(PredictResponse answer) {
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(
        List.of(
            "method",
            String.format(
                Locale.ROOT,
                "%s, confidence %.2f",
                answer.getPredictionMethod(),
                answer.getConfidence())));
    pairs.add(List.of("expected", Screen.millis(answer.getExpect(), answer.getError())));
    for (int i = 0; i < answer.getQuantilesCount(); i++) {
      pairs.add(
          List.of(
              Screen.quantile(answer.getQuantiles(i)),
              Screen.millis(answer.getQuantilePredictions(i))));
    }
    screen().properties(pairs);
  }
}
