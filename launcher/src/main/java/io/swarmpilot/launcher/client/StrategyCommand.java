package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.GetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.SetStrategyResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows or switches the placement strategy.
@Command(name = "strategy", description = "Show or switch the placement strategy.")
public final class StrategyCommand extends ClientCommand {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Strategy to switch to.")
  private @Nullable String name;

  @Override
  public Integer call() {
    try (Session session = target().scheduler()) {
      return name == null ? show(session) : set(session, name);
    }
  }

  private int show(Session session) {
    GetStrategyResponse answer =
        session.call(
            () -> session.scheduler().getStrategy(GetStrategyRequest.getDefaultInstance()));
    if (target().json()) {
      screen().json(answer);
    } else {
      screen()
          .properties(
              List.of(
                  List.of("strategy", answer.getStrategy()),
                  List.of("predict mode", answer.getPredictMode()),
                  List.of("available", String.join(", ", answer.getAvailableList()))));
    }
    return 0;
  }

  private int set(Session session, String wanted) {
    SetStrategyRequest request = SetStrategyRequest.newBuilder().setName(wanted).build();
    SetStrategyResponse answer = session.call(() -> session.scheduler().setStrategy(request));
    if (target().json()) {
      screen().json(answer);
    } else if (answer.getStatus().equals("success")) {
      screen().line(answer.getMessage());
    }
    return exitCode(answer.getStatus(), answer.getMessage());
  }
}
