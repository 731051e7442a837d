package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/// Measured latencies by the numbers of tasks.
///
/// @param records at least one
record LatencyTable(List<Row> records) {
  /// What a number counts that a record does not state: as much as one that is off by a factor of
  /// two.
  private static final double UNSTATED = Math.log(2);

  /// Copies the list.
  LatencyTable {
    records = List.copyOf(records);
  }

  /// The latency of the record whose numbers are closest to those of the input, by the sum of the
  /// logarithms of their ratios; the first one among equals.
  Latency closestTo(JsonNode input) {
    Row best = records.getFirst();
    double least = Double.POSITIVE_INFINITY;
    for (Row row : records) {
      double distance = row.distanceTo(input);
      if (distance < least) {
        least = distance;
        best = row;
      }
    }
    return best.latency;
  }

  /// One record.
  ///
  /// @param numbers what is known of the tasks it was measured with
  /// @param latency how long they took
  record Row(Map<String, Double> numbers, Latency latency) {
    /// Copies the map.
    Row {
      numbers = Map.copyOf(numbers);
    }

    private double distanceTo(JsonNode input) {
      double sum = 0;
      for (Map.Entry<String, Double> number : numbers.entrySet()) {
        JsonNode asked = input.path(number.getKey());
        sum +=
            asked.isNumber()
                ? Math.abs(logarithm(asked.doubleValue()) - logarithm(number.getValue()))
                : UNSTATED;
      }
      return sum;
    }

    /// Defined for zero and negative numbers too.
    private static double logarithm(double value) {
      return Math.signum(value) * Math.log1p(Math.abs(value));
    }
  }
}
