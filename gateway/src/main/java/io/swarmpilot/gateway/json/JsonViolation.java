package io.swarmpilot.gateway.json;

import java.util.List;

/// One thing that is wrong with a JSON text.
///
/// @param path where: names of members (String) and positions in arrays (Integer), outermost first
/// @param type machine-readable kind in pydantic's vocabulary: `missing`, `int_parsing`
/// @param message what is wrong, for people
public record JsonViolation(List<Object> path, String type, String message) {
  /// Copies the path.
  public JsonViolation {
    path = List.copyOf(path);
  }
}
