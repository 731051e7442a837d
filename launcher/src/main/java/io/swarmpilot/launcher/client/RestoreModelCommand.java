package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.predictor.v1.RestoreModelRequest;
import io.swarmpilot.proto.predictor.v1.RestoreModelResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Puts an earlier version of a model in force.
@Command(name = "restore", description = "Put an earlier version of a trained model in force.")
public final class RestoreModelCommand extends ClientCommand {
  @Parameters(index = "0", paramLabel = "KEY", description = "Key of the model.")
  private String key = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VERSION",
      description = "Version to restore (default: the one before the active one).")
  private @Nullable Integer version;

  @Override
  public Integer call() {
    RestoreModelRequest.Builder request = RestoreModelRequest.newBuilder().setModelKey(key);
    if (version != null) {
      request.setVersion(version);
    }
    try (Session session = target().predictor()) {
      RestoreModelResponse answer =
          session.call(() -> session.predictor().restoreModel(request.build()));
      if (target().json()) {
        screen().json(answer);
      } else if (answer.getStatus().equals("success")) {
        screen().line(answer.getModelKey() + " is predicted by version " + answer.getVersion());
      }
      return exitCode(answer.getStatus(), answer.getMessage());
    }
  }
}
