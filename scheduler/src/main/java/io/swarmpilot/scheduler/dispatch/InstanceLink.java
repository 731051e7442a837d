package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.scheduler.core.Effect;

/// The connection to one instance: made, kept and made again until it is closed.
interface InstanceLink {
  /// Gives the instance a task, with the next [#flush()]. Dropped when the session is not the
  /// current one: the inventory of the next one will show that the task is missing.
  void dispatch(Effect.Dispatch dispatch);

  /// Tells the instance to stop a task, with the next [#flush()].
  void abort(Effect.Abort abort);

  /// Tells the instance that an outcome is recorded, with the next [#flush()].
  void acknowledge(Effect.Acknowledge acknowledge);

  /// Asks the instance to send the output of a task, or to cease, with the next [#flush()]. Passed
  /// over when there is no connection or no way to ask.
  void follow(String taskId, boolean follow);

  /// Sends what was given since.
  void flush();

  /// Ends a session, so that a new one is made.
  void breakSession(long session);

  /// Does what is due by now; called several times a second.
  void tick(long nowNanos);

  /// Ends the connection for good.
  void close();
}
