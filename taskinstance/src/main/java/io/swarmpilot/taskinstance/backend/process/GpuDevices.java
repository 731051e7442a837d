package io.swarmpilot.taskinstance.backend.process;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the GPUs of the instance are called towards CUDA.
///
/// @param visible those the instance itself was confined to, in order; empty when to none in
///   particular
/// @param accounted whether the instance says whose they are; else every server sees all of them
record GpuDevices(List<String> visible, boolean accounted) {
  /// Variable that confines a process to some GPUs.
  static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  /// Copies the list.
  GpuDevices {
    visible = List.copyOf(visible);
  }

  /// Those of an instance that has this many, given the variable of its own process.
  static GpuDevices of(int gpus, @Nullable String variable) {
    List<String> visible =
        variable == null || variable.isBlank()
            ? List.of()
            : List.of(variable.strip().split("\\s*,\\s*"));
    return new GpuDevices(visible, gpus > 0);
  }

  /// The variable for a server with these GPUs; empty when it is to see what the instance sees.
  ///
  /// @param numbers among the instance's, from 0
  /// @throws MeshException INSUFFICIENT_RESOURCES when the instance does not see so many
  Optional<String> variable(List<Integer> numbers) {
    return accounted
        ? Optional.of(numbers.stream().map(this::name).collect(Collectors.joining(",")))
        : Optional.empty();
  }

  private String name(int number) {
    if (visible.isEmpty()) {
      return Integer.toString(number);
    }
    if (number >= visible.size()) {
      throw MeshException.of(
              ErrorReason.INSUFFICIENT_RESOURCES,
              "GPU %d is wanted, but %s shows this instance only %d: %s"
                  .formatted(number, VARIABLE, visible.size(), String.join(",", visible)))
          .with("missing", "gpu");
    }
    return visible.get(number);
  }
}
