package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A server that is about to be started: its words with every placeholder filled in.
///
/// @param command program, by its file, and arguments
/// @param environment variables beside those of the instance
record ServerLaunch(List<String> command, Map<String, String> environment) {
  /// Copies the collections.
  ServerLaunch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// A server for a replica with these GPUs, on a port.
  ///
  /// @throws MeshException INSUFFICIENT_RESOURCES when this machine lacks the program or a GPU
  static ServerLaunch of(
      ProcessSettings settings, int port, List<Integer> gpus, GpuDevices devices) {
    Map<String, String> values = values(settings, port, gpus);
    List<String> words = new ArrayList<>(Placeholders.fill(settings.command(), values));
    words.set(0, program(words.getFirst()).toString());
    Map<String, String> environment = new HashMap<>();
    settings
        .environment()
        .forEach((name, value) -> environment.put(name, Placeholders.fill(value, values)));
    devices
        .variable(gpus)
        .ifPresent(visible -> {
          environment.put(GpuDevices.VARIABLE, visible);
          // CUDA counts the fastest first unless it is told to count as nvidia-smi does.
          environment.putIfAbsent("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        });
    return new ServerLaunch(words, environment);
  }

  private static Map<String, String> values(
      ProcessSettings settings, int port, List<Integer> gpus) {
    return Map.of(
        "gpu_count",
        Integer.toString(gpus.size()),
        "gpus",
        gpus.stream().map(String::valueOf).collect(Collectors.joining(",")),
        "host",
        "127.0.0.1",
        "model",
        settings.model(),
        "port",
        Integer.toString(port),
        "served_model",
        settings.servedModel(),
        "slots",
        Integer.toString(settings.slots()));
  }

  private static Path program(String name) {
    return Programs.find(name)
        .orElseThrow(() ->
            MeshException.of(
                    ErrorReason.INSUFFICIENT_RESOURCES,
                    "There is no program '"
                        + name
                        + "' here that may be run; config.executable or config.command may name its"
                        + " file")
                .with("missing", "engine"));
  }
}
