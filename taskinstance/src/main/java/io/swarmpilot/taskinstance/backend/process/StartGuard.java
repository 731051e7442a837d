package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;

/// Ends a server that is being started when the process is told to end meanwhile. Servers that take
/// tasks are left to the instance, which lets the tasks end first.
final class StartGuard implements AutoCloseable {
  private final Thread hook;

  /// @param life the server that is being started
  /// @throws MeshException DRAINING when the process is ending already
  StartGuard(ServerLife life) {
    this.hook =
        new Thread(
            () -> {
              life.stop().complete(null);
              life.gone().join();
            },
            "server-start-guard");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      throw MeshException.of(ErrorReason.DRAINING, "the instance is shutting down");
    }
  }

  @Override
  public void close() {
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs.
      return;
    }
  }
}
