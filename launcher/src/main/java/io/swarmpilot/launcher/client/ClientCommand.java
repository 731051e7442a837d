package io.swarmpilot.launcher.client;

import io.swarmpilot.launcher.settings.CommandFailure;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that asks a service and prints the answer.
abstract class ClientCommand implements Callable<Integer> {
  @Mixin private Target target = new Target();

  @Spec private @Nullable CommandSpec spec;

  final Target target() {
    return target;
  }

  final Screen screen() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    return new Screen(spec);
  }

  /// The exit code for an answer with a status of its own: `success` or anything else.
  static int exitCode(String status, String message) {
    if (!status.equals("success")) {
      throw new CommandFailure(message);
    }
    return 0;
  }
}
