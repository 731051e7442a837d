package io.swarmpilot.scheduler.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Remembers from one call to the next in which order instances became known, so that turns go on
/// where they stopped. Forgets those that are not listed any more.
final class Roster {
  private Map<String, Long> ordinals = Map.of();
  private long next;

  /// Seats for these instances, in order.
  ///
  /// @throws IllegalArgumentException when two have the same id
  List<Seat> seats(List<ExecutionInstance> instances) {
    Map<String, Long> known = new HashMap<>();
    List<Seat> seats = new ArrayList<>(instances.size());
    for (ExecutionInstance instance : instances) {
      Long before = ordinals.get(instance.instanceId());
      long ordinal = before == null ? next++ : before;
      Bounds.require(
          known.put(instance.instanceId(), ordinal) == null, "instances", "each with its own id");
      seats.add(new Seat(instance, ordinal));
    }
    ordinals = known;
    seats.sort(Comparator.comparingLong(seat -> seat.ordinal));
    return seats;
  }
}
