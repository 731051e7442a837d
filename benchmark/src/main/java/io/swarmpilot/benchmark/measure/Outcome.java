package io.swarmpilot.benchmark.measure;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Optional;

/// How one request went. Times are ns after the start of its run.
///
/// @param intended when its schedule had it start
/// @param due when it could have been sent: the intended start, or later if a limit on the requests
///   in flight held it back
/// @param sent when it was sent; -1 if it never was
/// @param ended when it ended
/// @param outputs when pieces of output came, in order
/// @param usage its tokens
/// @param wanted output tokens asked for; 0 when any number will do
/// @param failure how it failed, if it did
public record Outcome(
    long intended,
    long due,
    long sent,
    long ended,
    ImmutableLongArray outputs,
    Usage usage,
    long wanted,
    Optional<Failure> failure) {
  /// One that was due and never sent.
  public static Outcome dropped(long intended, long now) {
    return new Outcome(
        intended,
        intended,
        -1,
        now,
        ImmutableLongArray.of(),
        Usage.counted(0),
        0,
        Optional.of(
            Failure.of(Failure.Kind.DROPPED, "never sent: too many requests were in flight")));
  }

  boolean succeeded() {
    return failure.isEmpty();
  }

  boolean isCut() {
    return failure.isPresent() && failure.get().kind() == Failure.Kind.CUT;
  }

  boolean hasOutput() {
    return !outputs.isEmpty();
  }

  long firstOutput() {
    return outputs.get(0);
  }

  long lastOutput() {
    return outputs.get(outputs.length() - 1);
  }

  long response() {
    return ended - intended;
  }

  /// Time per output token after the first, ns; -1 when there are not two.
  long perToken() {
    return usage.output() < 2 || outputs.length() < 2
        ? -1
        : (lastOutput() - firstOutput()) / (usage.output() - 1);
  }

  /// The longest gap between pieces, ns; -1 when there is none.
  long stall() {
    long longest = -1;
    for (int i = 1; i < outputs.length(); i++) {
      longest = Math.max(longest, outputs.get(i) - outputs.get(i - 1));
    }
    return longest;
  }
}
