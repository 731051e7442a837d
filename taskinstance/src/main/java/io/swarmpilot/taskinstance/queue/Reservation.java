package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import java.util.List;
import java.util.stream.IntStream;

/// Room for replicas that are being opened.
///
/// @param spec what they are
/// @param backend what runs them
/// @param count how many
/// @param gpusEach GPUs that each of them needs
/// @param assigned numbers of those GPUs, one replica's after the other's; empty until the room is
///   reserved
public record Reservation(
    ReplicaSpec spec, Backend backend, int count, int gpusEach, List<Integer> assigned) {
  /// Copies the list.
  public Reservation {
    assigned = List.copyOf(assigned);
  }

  /// Room that is wanted.
  public Reservation(ReplicaSpec spec, Backend backend, int count, int gpusEach) {
    this(spec, backend, count, gpusEach, List.of());
  }

  /// The replicas with the GPUs that are each one's own.
  public List<ReplicaSpec> specs() {
    return IntStream.range(0, count).mapToObj(index -> spec.withGpus(gpusOf(index))).toList();
  }

  Reservation with(List<Integer> gpus) {
    return new Reservation(spec, backend, count, gpusEach, gpus);
  }

  List<Integer> gpusOf(int index) {
    return assigned.subList(index * gpusEach, (index + 1) * gpusEach);
  }

  /// Model they run.
  String model() {
    return spec.modelType();
  }

  /// GPUs that all of them need.
  int gpus() {
    return count * gpusEach;
  }
}
