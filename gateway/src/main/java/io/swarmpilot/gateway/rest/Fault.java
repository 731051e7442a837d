package io.swarmpilot.gateway.rest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One wrong field of a request, as `detail` of a 422 lists it.
///
/// @param loc where: `body`, `query` or `path`, then names (String) and positions (Integer)
/// @param type machine-readable kind in pydantic's vocabulary
/// @param message what is wrong, for people
public record Fault(List<Object> loc, String type, String message) {
  /// Copies the location.
  public Fault {
    loc = List.copyOf(loc);
  }

  /// A fault of a field given by its path in a part of the request.
  public static Fault in(String part, List<Object> path, String type, String message) {
    List<Object> loc = new ArrayList<>();
    loc.add(part);
    loc.addAll(path);
    return new Fault(loc, type, message);
  }

  /// The parts of a field's path: `tasks[2].task_input` is `tasks`, 2, `task_input`.
  static List<Object> split(String field) {
    return Arrays.stream(field.split("[.\\[\\]]+"))
        .filter(part -> !part.isEmpty())
        .map(Fault::part)
        .toList();
  }

  private static Object part(String text) {
    boolean isPosition = text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (isPosition) {
      return Integer.valueOf(text);
    }
    return text;
  }
}
