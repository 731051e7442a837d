package io.swarmpilot.predictor.adapt;

import io.swarmpilot.predictor.history.PastExecution;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// The executions that a model is not trained from, so that they judge and calibrate it honestly:
/// every fifth of the last 2,000. Not the last ones in a row, which right after a drift would be
/// all there is to learn from.
///
/// @param size how many executions there are
record HeldBack(int size) implements IntPredicate {
  private static final int EVERY = 5;
  private static final int AMONG = 2_000;

  /// Executions that only tell how slow the instances were before the first that is held back.
  private static final int WARM_UP = 500;

  @Override
  public boolean test(int index) {
    int first = Math.max(EVERY, size - AMONG);
    return index >= first && index < size && (size - index) % EVERY == 0;
  }

  /// What is left to train from.
  <T> List<T> others(List<T> all) {
    return IntStream.range(0, size).filter(negate()).<T>mapToObj(all::get).toList();
  }

  /// The part of the executions that those held back lie in, with some before them.
  List<PastExecution> tail(List<PastExecution> all) {
    return all.subList(Math.max(0, size - AMONG - WARM_UP), size);
  }

  /// The same executions, by their index in the tail.
  HeldBack inTail() {
    return new HeldBack(Math.min(size, AMONG + WARM_UP));
  }
}
