package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.ListShadowsRequest;
import io.swarmpilot.proto.scheduler.v1.ListShadowsResponse;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Shows what other strategies would have made of live traffic.
@Command(
    name = "list",
    description = "Show what the shadows' strategies would have made of the same tasks.")
public final class ShadowListCommand extends ClientCommand {
  @Parameters(
      arity = "0..1",
      defaultValue = "",
      paramLabel = "NAME",
      description = "Only the shadow of this name.")
  private String name = "";

  @Override
  public Integer call() {
    ListShadowsRequest request = ListShadowsRequest.newBuilder().setName(name).build();
    try (Session session = target().scheduler()) {
      ListShadowsResponse answer = session.call(() -> session.shadows().listShadows(request));
      if (target().json()) {
        screen().json(answer);
      } else if (answer.getShadowsCount() == 0) {
        screen().line("no shadow runs; start one with `swarmpilot shadow start STRATEGY`");
      } else {
        ShadowScreen.show(answer.getShadowsList(), answer.getLiveStrategy(), screen());
      }
      return 0;
    }
  }
}
