package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.predictor.v1.ListModelsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelsResponse;
import java.util.List;
import picocli.CommandLine.Command;

/// Lists the models there are predictions for.
@Command(
    name = "models",
    description = "List the models there are predictions for.",
    subcommands = {ModelVersionsCommand.class, RestoreModelCommand.class, PullModelCommand.class})
public final class ModelsCommand extends ClientCommand {
  @Override
  public Integer call() {
    try (Session session = target().predictor()) {
      ListModelsResponse answer =
          session.call(
              () -> session.predictor().listModels(ListModelsRequest.getDefaultInstance()));
      if (target().json()) {
        screen().json(answer);
        return 0;
      }
      screen()
          .table(
              List.of("TYPE", "NAME", "PREDICTIONS", "HARDWARE", "SOFTWARE"),
              answer.getModelsList().stream()
                  .map(model ->
                      List.of(
                          model.getModelType(),
                          Screen.orDash(model.getModelName()),
                          Long.toString(model.getTotalPredictions()),
                          Screen.orDash(String.join(", ", model.getHardwareTypesList())),
                          Screen.orDash(String.join(", ", model.getSoftwareVersionsList()))))
                  .toList());
      return 0;
    }
  }
}
