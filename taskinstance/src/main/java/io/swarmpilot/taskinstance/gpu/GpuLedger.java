package io.swarmpilot.taskinstance.gpu;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/// The instance's GPUs, numbered from 0, and which of them are taken. Not safe for use by several
/// threads.
public final class GpuLedger {
  private final int total;
  private final BitSet taken = new BitSet();

  /// A machine with so many GPUs, none of them taken.
  ///
  /// @param total >= 0
  public GpuLedger(int total) {
    this.total = total;
  }

  /// GPUs there are.
  public int total() {
    return total;
  }

  /// GPUs that are nobody's.
  public int free() {
    return total - taken.cardinality();
  }

  /// Takes the lowest ones that are free, ascending, so that neighbours, which are often joined by
  /// a faster link, go together.
  ///
  /// @param count >= 0
  /// @throws IllegalStateException when fewer are free; none is taken then
  public List<Integer> take(int count) {
    if (count > free()) {
      throw new IllegalStateException(count + " GPUs are wanted, " + free() + " are free");
    }
    List<Integer> numbers =
        IntStream.range(0, total)
            .filter(number -> !taken.get(number))
            .limit(count)
            .boxed()
            .toList();
    numbers.forEach(taken::set);
    return numbers;
  }

  /// Gives GPUs back. Those that were not taken stay as they are.
  public void giveBack(Collection<Integer> numbers) {
    numbers.forEach(taken::clear);
  }
}
