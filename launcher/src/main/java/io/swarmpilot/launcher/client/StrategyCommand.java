package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.GetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.SetStrategyResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lists the strategies, or switches to one.
@Command(name = "strategy", description = "List the strategies, or switch to one.")
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
      show(answer);
    }
    return 0;
  }

  private void show(GetStrategyResponse answer) {
    screen()
        .properties(
            List.of(
                List.of("strategy", answer.getStrategy()),
                List.of("tasks may choose", answer.getLocked() ? "no, it is locked" : "yes"),
                List.of("predict mode", answer.getPredictMode())));
    screen().line("");
    screen()
        .table(
            List.of("", "STRATEGY", "BINDING", "WHAT IT DOES"),
            answer.getStrategiesList().stream()
                .map(strategy ->
                    List.of(
                        strategy.getName().equals(answer.getStrategy()) ? "*" : "",
                        strategy.getName(),
                        strategy.getBinding(),
                        strategy.getDescription()))
                .toList());
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
