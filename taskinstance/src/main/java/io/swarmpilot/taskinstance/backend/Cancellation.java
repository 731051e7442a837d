package io.swarmpilot.taskinstance.backend;

import java.util.ArrayList;
import java.util.List;

/// Tells an execution that its result is no longer wanted. Safe for use by several threads.
public final class Cancellation {
  private final List<Runnable> actions = new ArrayList<>();
  private boolean requested;

  /// Requests the end of the execution and runs what waits for that. Further requests do nothing.
  public void request() {
    List<Runnable> due;
    synchronized (actions) {
      requested = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }

  /// Whether the end was requested.
  public boolean isRequested() {
    synchronized (actions) {
      return requested;
    }
  }

  /// Ends the execution here when that was requested.
  public void throwIfRequested() throws RunFailure {
    if (isRequested()) {
      throw RunFailure.cancelled();
    }
  }

  /// Runs `action` once when the end is requested: on the requester's thread, or here and now when
  /// it was requested already. The action must neither block nor throw. It may still be about to
  /// run while [Registration#close()] returns.
  public Registration onRequest(Runnable action) {
    synchronized (actions) {
      if (!requested) {
        actions.add(action);
        return () -> forget(action);
      }
    }
    action.run();
    return () -> {};
  }

  private void forget(Runnable action) {
    synchronized (actions) {
      actions.remove(action);
    }
  }

  /// An action that waits for the request.
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    /// Forgets the action.
    @Override
    void close();
  }
}
