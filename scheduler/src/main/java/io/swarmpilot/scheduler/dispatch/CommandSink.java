package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.scheduler.core.Command;
import java.util.List;

/// Where links put what instances say.
@FunctionalInterface
public interface CommandSink {
  /// Takes commands, in order; runs `handled` once they are handled. False when it cannot.
  boolean deliver(List<Command> commands, Runnable handled);
}
