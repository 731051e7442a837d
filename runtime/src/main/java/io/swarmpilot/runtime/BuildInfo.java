package io.swarmpilot.runtime;

import java.util.Optional;

/// Which build of the software this is.
public final class BuildInfo {
  private BuildInfo() {}

  /// The version as the jar's manifest says it; "dev" when run from class files.
  public static String version() {
    return Optional.ofNullable(BuildInfo.class.getPackage().getImplementationVersion())
        .orElse("dev");
  }
}
