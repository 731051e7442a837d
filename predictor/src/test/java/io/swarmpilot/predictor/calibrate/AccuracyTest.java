package io.swarmpilot.predictor.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.model.Grids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class AccuracyTest {
  private static final class Said {
    private final double[] quantiles;
    private final double mean;
    private final double actual;

    Said(double[] quantiles, double mean, double actual) {
      this.quantiles = quantiles;
      this.mean = mean;
      this.actual = actual;
    }

    boolean holds(int lower) {
      return actual >= quantiles[lower] && actual <= quantiles[16 - lower];
    }
  }

  @Test
  void nothingIsZero() {
    AccuracyFigures figures = new Accuracy().figures();

    assertThat(figures.executions()).isZero();
    assertThat(figures.pinballRelative()).isZero();
    assertThat(figures.coverage().asList()).containsExactly(0.0, 0.0, 0.0);
  }

  @Test
  void figuresAreThoseOfTheLastThousand() {
    SplittableRandom random = new SplittableRandom(1);
    Accuracy accuracy = new Accuracy();
    List<Said> all = new ArrayList<>();
    for (int i = 0; i < 2_345; i++) {
      double scale = random.nextDouble(1, 500);
      double[] quantiles = Arrays.stream(Grids.fine()).map(p -> scale * (1 + p)).toArray();
      Said said = new Said(quantiles, 1.5 * scale, scale * random.nextDouble(0.9, 2.2));
      all.add(said);
      accuracy.add(said.quantiles, said.mean, said.actual);
      if (i % 500 == 7 || i == 2_344) {
        check(accuracy.figures(), all.subList(Math.max(0, all.size() - 1_000), all.size()), i + 1);
      }
    }
  }

  private static void check(AccuracyFigures figures, List<Said> last, int total) {
    assertThat(figures.executions()).isEqualTo(last.size());
    assertThat(figures.executionsTotal()).isEqualTo(total);
    assertThat(figures.coverage().get(0)).isEqualTo(mean(last, s -> s.holds(3) ? 1 : 0));
    assertThat(figures.coverage().get(1)).isEqualTo(mean(last, s -> s.holds(2) ? 1 : 0));
    assertThat(figures.coverage().get(2)).isEqualTo(mean(last, s -> s.holds(1) ? 1 : 0));
    close(figures.actualMs(), mean(last, s -> s.actual));
    close(figures.pinballMs(), mean(last, s -> Scores.pinball(s.quantiles, s.actual)));
    close(figures.crpsMs(), mean(last, s -> Scores.crps(s.quantiles, s.actual)));
    close(figures.biasMs(), mean(last, s -> s.actual - s.mean));
    close(figures.maeMs(), mean(last, s -> Math.abs(s.actual - s.mean)));
    close(figures.mape(), mean(last, s -> Math.abs(s.actual - s.quantiles[8]) / s.actual));
    close(figures.sharpnessMs(), mean(last, s -> s.quantiles[14] - s.quantiles[2]));
    assertThat(figures.pit().stream().sum()).isCloseTo(1, within(1e-9));
    close(figures.pit().get(9), mean(last, s -> s.actual > s.quantiles[13] ? 1 : 0));
  }

  private static double mean(List<Said> said, ToDoubleFunction<Said> of) {
    return said.stream().mapToDouble(of).average().orElseThrow();
  }

  private static void close(double figure, double expected) {
    assertThat(figure).isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected))));
  }
}
