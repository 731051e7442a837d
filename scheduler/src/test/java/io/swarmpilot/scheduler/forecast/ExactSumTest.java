package io.swarmpilot.scheduler.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Sums against sums in unlimited precision.
final class ExactSumTest {
  @Test
  void termsOfVeryDifferentSizeLeaveNothingBehind() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      ExactSum sum = new ExactSum();
      BigDecimal exact = BigDecimal.ZERO;
      List<Double> held = new ArrayList<>();
      for (int i = 0; i < 5_000; i++) {
        double term = random.nextDouble() * Math.pow(10, random.nextInt(21) - 6);
        held.add(term);
        sum.add(term);
        exact = exact.add(new BigDecimal(term));
        if (held.size() > 50) {
          double gone = held.remove(random.nextInt(held.size()));
          sum.add(-gone);
          exact = exact.subtract(new BigDecimal(gone));
        }
      }
      assertThat(sum.value())
          .as("seed %d", seed)
          .isCloseTo(exact.doubleValue(), within(1e-9 * exact.doubleValue()));
      // The largest go first: what is left is 1e20 times smaller than what was there.
      held.sort((a, b) -> Double.compare(b, a));
      for (double term : held.subList(0, held.size() - 1)) {
        sum.add(-term);
      }
      double least = held.getLast();
      assertThat(sum.value()).as("least, seed %d", seed).isCloseTo(least, within(1e-9));
    }
  }
}
