package io.swarmpilot.predictor.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.swarmpilot.predictor.adapt.AdaptationScene;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.live.Execution;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.table.LookupTable;
import io.swarmpilot.predictor.table.TableException;
import io.swarmpilot.predictor.table.TableLimits;
import io.swarmpilot.predictor.table.TableStore;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionEngineTest {
  private static final Query A100 =
      new Query(new ModelIdentity("gpt-3.5-turbo", "", "A100", "vllm", "0.1.0"), Features.NONE);
  private static final Query H100 =
      new Query(new ModelIdentity("gpt-3.5-turbo", "", "H100", "vllm", "0.1.0"), Features.NONE);

  private final LiveExecutions live = new LiveExecutions(16);
  @TempDir Path directory;
  private PredictionEngine engine;
  private Optional<LookupTable> table = Optional.empty();
  private int reported;

  @BeforeEach
  void load() throws TableException {
    engine = new AdaptationScene(directory, live, new ModelRepository(() -> 0)).engine();
    Path tables = Path.of("src/test/resources/tables");
    table =
        Optional.of(
            new TableStore(tables, Optional.empty(), new TableLimits(1, 1 << 20, 10))
                .named("predictions.json"));
  }

  @Test
  void theTableComesFirstWhileThereAreFewExecutions() {
    report(A100, 19);

    assertThat(method(A100)).contains(Method.LOOKUP);
  }

  @Test
  void enoughExecutionsOfJustThatBeatTheTable() {
    report(A100, 20);

    assertThat(method(A100)).contains(Method.LIVE);
  }

  @Test
  void executionsOfOthersDoNotBeatTheTable() {
    report(H100, 500);

    assertThat(method(A100)).contains(Method.LOOKUP);
  }

  @Test
  void executionsOfOthersAreBetterThanNothing() {
    report(A100, 500);

    assertThat(method(H100)).as("the table holds no H100").contains(Method.FALLBACK);
  }

  @Test
  void theTableAloneIsAskedWhenOnlyItMayAnswer() {
    report(H100, 500);

    assertThat(engine.lookUp(H100, table, new SplittableRandom(1))).isEmpty();
    assertThat(engine.lookUp(A100, table, new SplittableRandom(1))).isPresent();
    assertThat(engine.lookUp(A100, Optional.empty(), new SplittableRandom(1))).isEmpty();
  }

  @Test
  void nothingIsMadeUp() {
    assertThat(engine.predict(H100, Optional.empty(), new SplittableRandom(1))).isEmpty();
  }

  @Test
  void thePriorIsWideAroundASecondAndClaimsNothing() {
    Prediction prior = engine.prior();

    assertThat(prior.distribution().quantile(0.5)).isCloseTo(1_000, within(1e-9));
    assertThat(prior.standardDeviation()).isGreaterThan(prior.mean());
    assertThat(prior.confidence()).isZero();
    assertThat(prior.method()).isEqualTo(Method.PRIOR);
  }

  private Optional<Method> method(Query query) {
    return engine.predict(query, table, new SplittableRandom(1)).map(Prediction::method);
  }

  private void report(Query query, int times) {
    for (int i = 0; i < times; i++) {
      live.learn(new Execution("task-" + reported++, 1, query, 100));
    }
  }
}
