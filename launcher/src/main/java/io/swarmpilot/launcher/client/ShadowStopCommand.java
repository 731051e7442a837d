package io.swarmpilot.launcher.client;

import io.swarmpilot.proto.scheduler.v1.StopShadowRequest;
import io.swarmpilot.proto.scheduler.v1.StopShadowResponse;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Ends a shadow.
@Command(name = "stop", description = "End a shadow, and show its last figures.")
public final class ShadowStopCommand extends ClientCommand {
  @Parameters(paramLabel = "NAME", description = "Name of the shadow.")
  private String name = "";

  @Override
  public Integer call() {
    StopShadowRequest request = StopShadowRequest.newBuilder().setName(name).build();
    try (Session session = target().scheduler()) {
      StopShadowResponse answer = session.call(() -> session.shadows().stopShadow(request));
      if (target().json()) {
        screen().json(answer);
      } else {
        ShadowScreen.show(List.of(answer.getShadow()), "", screen());
      }
      return 0;
    }
  }
}
