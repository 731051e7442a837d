package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.predictor.v1.ListModelVersionsRequest;
import io.swarmpilot.proto.predictor.v1.ListModelVersionsResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists the versions of trained models.
@Command(name = "versions", description = "List the versions of trained models.")
public final class ModelVersionsCommand extends ClientCommand {
  @Parameters(arity = "0..1", paramLabel = "KEY", description = "Key of one model.")
  private @Nullable String key;

  @Override
  public Integer call() {
    ListModelVersionsRequest.Builder request = ListModelVersionsRequest.newBuilder();
    if (key != null) {
      request.setModelKey(key);
    }
    try (Session session = target().predictor()) {
      ListModelVersionsResponse answer =
          session.call(() -> session.predictor().listModelVersions(request.build()));
      if (target().json()) {
        screen().json(answer);
        return 0;
      }
      screen()
          .table(
              List.of("", "MODEL", "VERSION", "TRAINED", "FROM", "STAGE", "ROWS"),
              answer.getVersionsList().stream()
                  .map(version ->
                      List.of(
                          version.getActive() ? "*" : "",
                          version.getModelKey(),
                          Integer.toString(version.getVersion()),
                          Screen.time(version.getTrainedAt()),
                          version.getOrigin(),
                          version.getStage(),
                          Integer.toString(version.getRows())))
                  .toList());
      return 0;
    }
  }
}
