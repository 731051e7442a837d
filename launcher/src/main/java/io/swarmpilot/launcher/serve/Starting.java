package io.swarmpilot.launcher.serve;

import com.google.common.base.Throwables;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/// Starts parts so that either all of them run or none.
@FunctionalInterface
interface Starting<T> {
  /// Starts the parts, adding each to `parts`.
  T start(Parts parts) throws IOException;

  /// Runs a start.
  ///
  /// @throws CommandFailure when something cannot start; nothing is left running
  static <T> T allOrNothing(Starting<T> starting) {
    Parts parts = new Parts();
    try {
      return starting.start(parts);
    } catch (IOException | IllegalArgumentException e) {
      parts.close();
      throw new CommandFailure("cannot start: " + e.getMessage(), e);
    } catch (CompletionException e) {
      parts.close();
      throw new CommandFailure("cannot start: " + Throwables.getRootCause(e).getMessage(), e);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }
}
