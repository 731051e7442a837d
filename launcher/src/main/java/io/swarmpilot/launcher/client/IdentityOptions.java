package io.swarmpilot.launcher.client;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a model is for.
final class IdentityOptions {
  @Option(names = "--model-type", paramLabel = "TYPE", description = "Type of the model.")
  private @Nullable String modelType;

  @Option(names = "--model-name", paramLabel = "NAME", description = "Name of the model variant.")
  private @Nullable String modelName;

  @Option(names = "--hardware", paramLabel = "NAME", description = "Hardware it was measured on.")
  private @Nullable String hardware;

  @Option(names = "--software-name", paramLabel = "NAME", description = "Software that runs it.")
  private @Nullable String softwareName;

  @Option(
      names = "--software-version",
      paramLabel = "VERSION",
      description = "Version of the software.")
  private @Nullable String softwareVersion;

  /// The members of a training configuration that these options stand for.
  Map<String, String> members() {
    Map<String, String> members = new LinkedHashMap<>();
    put(members, "model_type", modelType);
    put(members, "model_name", modelName);
    put(members, "hardware", hardware);
    put(members, "software_name", softwareName);
    put(members, "software_version", softwareVersion);
    return members;
  }

  private static void put(Map<String, String> members, String name, @Nullable String value) {
    if (value != null) {
      members.put(name, value);
    }
  }
}
