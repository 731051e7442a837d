package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.proto.scheduler.v1.StartShadowRequest;
import io.swarmpilot.proto.scheduler.v1.StartShadowResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lets a strategy decide about the live stream of tasks, without acting.
@Command(
    name = "start",
    description = "Let a strategy decide about live traffic from now on, without acting.")
public final class ShadowStartCommand extends ClientCommand {
  @Parameters(paramLabel = "STRATEGY", description = "Strategy to try out.")
  private String strategy = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Name of the shadow (default: that of the strategy).")
  private @Nullable String name;

  @Option(
      names = "--window",
      paramLabel = "TASKS",
      description = "The last tasks its figures are about, 1 to 100000 (default: 10000).")
  private @Nullable Integer window;

  @Option(
      names = "--longest-lag",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description =
          "Longest wait for an execution time before the predicted one is taken (default: 60s).")
  private @Nullable TimeSpan longestLag;

  @Override
  public Integer call() {
    StartShadowRequest.Builder request = StartShadowRequest.newBuilder().setStrategy(strategy);
    if (name != null) {
      request.setName(name);
    }
    if (window != null) {
      request.setWindowTasks(window);
    }
    if (longestLag != null) {
      double nanos = longestLag.duration().toNanos();
      request.setLongestLagSeconds(nanos / TimeUnit.SECONDS.toNanos(1));
    }
    try (Session session = target().scheduler()) {
      StartShadowResponse answer =
          session.call(() -> session.shadows().startShadow(request.build()));
      if (target().json()) {
        screen().json(answer);
      } else {
        screen()
            .line("shadow " + answer.getShadow().getName() + " runs; see `swarmpilot shadow list`");
      }
      return 0;
    }
  }
}
