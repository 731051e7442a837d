package io.swarmpilot.predictor.trace;

import java.util.ArrayList;
import java.util.List;

/// What is wrong with a text that a caller sent, up to [#MOST] things: enough to mend it by, and an
/// answer that is still read.
public final class Faults {
  /// Most faults noted.
  public static final int MOST = 10;

  private final List<String> found = new ArrayList<>();

  /// Notes what is wrong with a field; passed over when there are enough.
  ///
  /// @param field path of it
  public void add(String field, String message) {
    if (!isFull()) {
      found.add(field + ": " + message);
    }
  }

  /// Notes what is wrong with a trace.
  public void add(TraceException fault) {
    add(fault.field(), fault.message());
  }

  /// Whether enough is known to be wrong.
  public boolean isFull() {
    return found.size() == MOST;
  }

  /// Whether nothing is wrong so far.
  public boolean areNone() {
    return found.isEmpty();
  }

  /// Everything that is wrong, as one sentence for the caller.
  public String message() {
    return String.join("; ", found);
  }
}
