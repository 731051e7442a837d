package io.swarmpilot.gateway.rest;

import java.util.List;

/// A request that cannot be bound to its message: everything that is wrong with it.
public final class InvalidRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Fault> faults;

  /// A refusal for these faults, of which there is at least one.
  public InvalidRequestException(List<Fault> faults) {
    super(String.valueOf(faults), null, false, false);
    this.faults = List.copyOf(faults);
  }

  /// Everything that is wrong.
  public List<Fault> faults() {
    return faults;
  }
}
