package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `cost_optimized` does where hardware has prices of its own.
final class HardwarePricesTest {
  private static final GpuPrices PRICES = GpuPrices.of(3, Map.of("A100", 17.6, "H100", 38.0));

  @Test
  void aTaskCostsTheTimeItIsPredictedToTakeThere() {
    // Half as long for 2.2 times the price; two GPUs of unknown hardware are cheaper still.
    Scene scene =
        Scene.of(
                Scene.Replica.at(0).withExecution(ExecutionTime.of(36_000, 0)),
                Scene.Replica.at(1).withExecution(ExecutionTime.of(18_000, 0)),
                Scene.Replica.at(2)
                    .withExecution(ExecutionTime.of(72_000, 0))
                    .withSeedSignals(0, 0, 2, 1_000))
            .on("a100", "H100", "tpu");
    CostOptimized policy = policy(1);
    SceneTask task = SceneTask.arriving(0);
    assertThat(cost(policy, task, scene, 0)).isCloseTo(0.176, within(1e-9));
    assertThat(cost(policy, task, scene, 1)).isCloseTo(0.19, within(1e-9));
    assertThat(cost(policy, task, scene, 2)).isCloseTo(0.12, within(1e-9));
    assertThat(choice(policy, task, scene)).isEqualTo(2);
    assertThat(choice(policy, task, scene.without(2))).isZero();
  }

  @Test
  void theDearOneIsTakenWhereTheCheapOneWouldBeLate() {
    Scene scene =
        Scene.of(
                Scene.Replica.at(0).withExecution(ExecutionTime.of(36_000, 0)),
                Scene.Replica.at(1).withExecution(ExecutionTime.of(18_000, 0)))
            .on("A100", "H100");
    CostOptimized policy = policy(0.1);
    assertThat(choice(policy, SceneTask.arriving(0).withSlo(40_000), scene)).isZero();
    assertThat(choice(policy, SceneTask.arriving(0).withSlo(20_000), scene)).isEqualTo(1);
    assertThat(choice(policy, SceneTask.arriving(0), scene)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, 1e9, Double.POSITIVE_INFINITY})
  void aPriceThatNothingHasIsRefused(double price) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GpuPrices.of(1, Map.of("A100", price)))
        .withMessageContaining("hardwarePrices");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GpuPrices.of(price))
        .withMessageContaining("pricePerGpuHour");
  }

  @Test
  void pricesAreBounded() {
    Map<String, Double> many = new LinkedHashMap<>();
    Collections.nCopies(1_025, 1.0).forEach(price -> many.put("kind-" + many.size(), price));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GpuPrices.of(1, many))
        .withMessageContaining("hardwarePrices");
  }

  private static CostOptimized policy(double mostRisk) {
    return new CostOptimized(PolicySettings.DEFAULTS.withCosts(PRICES, mostRisk));
  }

  private static double cost(Policy policy, SceneTask task, Scene scene, int index) {
    return policy.score(task, scene, index, ScenePool.at(0));
  }

  private static int choice(Policy policy, SceneTask task, Scene scene) {
    return policy.select(task, scene, ScenePool.at(0), new SplittableRandom(0));
  }
}
