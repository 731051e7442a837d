package io.swarmpilot.gateway.rest;

import com.linecorp.armeria.common.HttpStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal in HTTP's terms.
///
/// @param status HTTP status
/// @param detail the sentence for the caller; `detail` of the body unless there are faults
/// @param faults wrong fields; then they are `detail`
/// @param more further members of the body, such as `reason`
/// @param retryAfterSeconds value of `Retry-After`; null when nothing is known
public record Problem(
    HttpStatus status,
    String detail,
    List<Fault> faults,
    Map<String, String> more,
    @Nullable Long retryAfterSeconds) {
  /// Copies the collections.
  public Problem {
    faults = List.copyOf(faults);
    more = Map.copyOf(more);
  }

  /// A refusal with a sentence and nothing more.
  public static Problem of(HttpStatus status, String detail) {
    return new Problem(status, detail, List.of(), Map.of(), null);
  }

  /// A refused request: everything that is wrong with it.
  public static Problem invalid(List<Fault> faults) {
    return new Problem(HttpStatus.UNPROCESSABLE_ENTITY, "", faults, Map.of(), null);
  }
}
