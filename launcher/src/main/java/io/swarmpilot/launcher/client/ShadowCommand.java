package io.swarmpilot.launcher.client;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Tries strategies out on live traffic.
@Command(
    name = "shadow",
    description = "Try strategies out on live traffic, without acting.",
    subcommands = {ShadowStartCommand.class, ShadowListCommand.class, ShadowStopCommand.class})
public final class ShadowCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }
}
