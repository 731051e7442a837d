package io.swarmpilot.client;

import java.util.List;

/// How tasks are placed.
///
/// @param name strategy in force
/// @param predictMode `default` or `lookup_table`
/// @param available every strategy there is
public record Strategy(String name, String predictMode, List<String> available) {
  /// Copies the list.
  public Strategy {
    available = List.copyOf(available);
  }
}
