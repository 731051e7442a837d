package io.swarmpilot.gateway.json;

import java.util.List;

/// A JSON text that does not fit its message: everything that is wrong with it.
public final class JsonRejectedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<JsonViolation> violations;

  /// A rejection for these reasons, of which there is at least one.
  public JsonRejectedException(List<JsonViolation> violations) {
    super(String.valueOf(violations), null, false, false);
    this.violations = List.copyOf(violations);
  }

  /// Everything that is wrong, in the order of the text.
  public List<JsonViolation> violations() {
    return violations;
  }
}
