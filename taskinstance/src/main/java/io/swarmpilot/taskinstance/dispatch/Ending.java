package io.swarmpilot.taskinstance.dispatch;

import io.swarmpilot.runtime.error.MeshException;

/// Why a stream ends.
sealed interface Ending {
  /// One side has nothing more to say: what is left is sent, then the stream ends in good order.
  record Complete() implements Ending {}

  /// The scheduler is told why.
  record Failure(MeshException reason) implements Ending {}

  /// The scheduler is gone.
  record Gone() implements Ending {}
}
