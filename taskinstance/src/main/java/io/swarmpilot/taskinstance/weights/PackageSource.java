package io.swarmpilot.taskinstance.weights;

import java.io.IOException;
import java.nio.file.Path;

/// Where packages come from.
public interface PackageSource {
  /// Brings the package here, checksum verified.
  ///
  /// @param room file that may be used for it; what an earlier call left there is used again
  /// @return the file that holds the package: `room` or another, which is left alone
  /// @throws PullException when it cannot be had
  /// @throws InterruptedException when the thread is told to end; what has come stays in `room`
  Path fetch(WeightPackage wanted, Path room, PullProgress progress)
      throws IOException, InterruptedException;
}
