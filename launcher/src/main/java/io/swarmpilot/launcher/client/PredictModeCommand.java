package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.GetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeRequest;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows or switches how execution times are predicted.
@Command(
    name = "predict-mode",
    description = "Show or switch how execution times are predicted: default or lookup_table.")
public final class PredictModeCommand extends ClientCommand {
  @Parameters(arity = "0..1", paramLabel = "MODE", description = "Mode to switch to.")
  private @Nullable String mode;

  @Override
  public Integer call() {
    try (Session session = target().scheduler()) {
      return mode == null ? show(session) : set(session, mode);
    }
  }

  private int show(Session session) {
    GetStrategyResponse answer =
        session.call(
            () -> session.scheduler().getStrategy(GetStrategyRequest.getDefaultInstance()));
    if (target().json()) {
      screen().json(answer);
    } else {
      screen().line(answer.getPredictMode());
    }
    return 0;
  }

  private int set(Session session, String wanted) {
    SetPredictModeRequest request = SetPredictModeRequest.newBuilder().setMode(wanted).build();
    SetPredictModeResponse answer = session.call(() -> session.scheduler().setPredictMode(request));
    if (target().json()) {
      screen().json(answer);
    } else if (answer.getStatus().equals("success")) {
      screen().line(answer.getMessage());
    }
    return exitCode(answer.getStatus(), answer.getMessage());
  }
}
