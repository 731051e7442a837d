package io.swarmpilot.predictor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import io.swarmpilot.predictor.model.QuantileDistribution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookupTableTest {
  private static final ModelIdentity ASKED = new ModelIdentity("gpt", "turbo", "A100", "vllm", "1");

  @Test
  void answersByTypeAlone() {
    LookupTable table = table(record("gpt", "", "", "", "", 10));

    assertThat(median(table, ModelIdentity.ofType("gpt"))).contains(10.0);
    assertThat(median(table, ModelIdentity.ofType("gp"))).isEmpty();
  }

  @Test
  void answersByTypeAndNameJoined() {
    LookupTable table = table(record("gpt-turbo", "turbo", "A100", "vllm", "1", 10));

    assertThat(median(table, ASKED)).contains(10.0);
    assertThat(median(table, ModelIdentity.ofType("gpt"))).isEmpty();
  }

  @Test
  void answersByEitherTypeOfARecord() {
    TableRecord both =
        new TableRecord(ModelIdentity.ofType("outer"), "inner", Features.NONE, constant(10), 10, 0);
    LookupTable table = table(both);

    assertThat(median(table, ModelIdentity.ofType("outer"))).contains(10.0);
    assertThat(median(table, ModelIdentity.ofType("inner"))).contains(10.0);
    assertThat(table.models()).hasSize(1);
  }

  @Test
  void contradictionsExcludeEvenWhenTheTypeIsEqual() {
    LookupTable table = table(record("gpt", "turbo", "A100", "vllm", "1", 10));

    assertThat(median(table, ASKED)).contains(10.0);
    assertThat(median(table, new ModelIdentity("gpt", "mini", "A100", "vllm", "1"))).isEmpty();
    assertThat(median(table, new ModelIdentity("gpt", "turbo", "H100", "vllm", "1"))).isEmpty();
    assertThat(median(table, new ModelIdentity("gpt", "turbo", "A100", "sglang", "1"))).isEmpty();
    assertThat(median(table, new ModelIdentity("gpt", "turbo", "A100", "vllm", "9"))).isEmpty();
  }

  @Test
  void whatTheRecordDoesNotStateFitsAnything() {
    LookupTable table = table(record("gpt", "", "A100", "", "", 10));

    assertThat(median(table, ASKED)).contains(10.0);
  }

  @Test
  void whatIsNotAskedForFitsAnything() {
    LookupTable table = table(record("gpt", "turbo", "A100", "vllm", "1", 10));

    assertThat(median(table, new ModelIdentity("gpt", "", "A100", "", ""))).contains(10.0);
  }

  @Test
  void prefersTheRecordThatStatesMost() {
    LookupTable table =
        table(
            record("gpt", "", "", "", "", 1),
            record("gpt", "turbo", "A100", "vllm", "1", 5),
            record("gpt", "", "A100", "vllm", "", 3));

    Prediction prediction = predict(table, new Query(ASKED, Features.NONE)).orElseThrow();

    assertThat(prediction.distribution().quantile(0.5)).isEqualTo(5);
    assertThat(prediction.method()).isEqualTo(Method.LOOKUP);
    assertThat(prediction.confidence()).isEqualTo(1);
  }

  @Test
  void confidenceIsTheShareOfWhatWasAskedThatTheRecordStates() {
    LookupTable table = table(record("gpt", "", "A100", "", "", 10));

    assertThat(predict(table, new Query(ASKED, Features.NONE)).orElseThrow().confidence())
        .isCloseTo(0.4, within(1e-12));
  }

  @Test
  void amongAlikeTheClosestFeaturesWin() {
    LookupTable table =
        table(
            sized(10, Map.of("input_tokens", 100.0)),
            sized(20, Map.of("input_tokens", 1_000.0)),
            sized(30, Map.of("input_tokens", 10_000.0)));

    assertThat(median(table, 100)).contains(10.0);
    assertThat(median(table, 250)).contains(10.0);
    assertThat(median(table, 400)).contains(20.0);
    assertThat(median(table, 1e9)).contains(30.0);
  }

  @Test
  void aRecordWithoutFeaturesBeatsOneOfQuiteAnotherSize() {
    LookupTable table = table(sized(10, Map.of("input_tokens", 100.0)), sized(99, Map.of()));

    assertThat(median(table, 110)).contains(10.0);
    assertThat(median(table, 5_000)).contains(99.0);
  }

  @Test
  void closenessCountsOnlyAmongTheMostEqual() {
    LookupTable table =
        table(
            new TableRecord(
                new ModelIdentity("gpt", "", "A100", "", ""),
                "gpt",
                features(Map.of("input_tokens", 100_000.0)),
                constant(1),
                1,
                0),
            sized(2, Map.of("input_tokens", 100.0)));

    assertThat(
            predict(
                    table,
                    new Query(
                        new ModelIdentity("gpt", "", "A100", "", ""),
                        features(Map.of("input_tokens", 100.0))))
                .orElseThrow()
                .mean())
        .isEqualTo(1);
  }

  @Test
  void chanceDecidesAmongEquals() {
    LookupTable table =
        table(
            record("gpt", "", "A100", "", "", 1),
            record("gpt", "", "A100", "", "", 2),
            record("gpt", "", "A100", "", "", 3),
            record("gpt", "", "", "", "", 4));
    SplittableRandom random = new SplittableRandom(3);
    Map<Double, Integer> draws = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      Query query = new Query(new ModelIdentity("gpt", "", "A100", "", ""), Features.NONE);
      draws.merge(table.predict(query, random).orElseThrow().mean(), 1, Integer::sum);
    }

    assertThat(draws.keySet()).containsExactlyInAnyOrder(1.0, 2.0, 3.0);
    assertThat(draws.values()).allSatisfy(count -> assertThat(count).isBetween(900, 1_100));
  }

  @Test
  void agreesWithASlowSearchOverAllRecords() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<TableRecord> records =
          IntStream.range(0, 30).mapToObj(i -> randomRecord(random, i)).toList();
      LookupTable table = LookupTable.of(records, 0);
      Query query =
          new Query(
              randomIdentity(random), features(Map.of("n", (double) (1 << random.nextInt(8)))));

      List<Double> expected = SlowLookup.best(records, query);
      Optional<Double> actual = predict(table, query).map(Prediction::mean);

      assertThat(actual.isPresent()).as("seed %d", seed).isEqualTo(!expected.isEmpty());
      actual.ifPresent(mean -> assertThat(expected).contains(mean));
    }
  }

  /// The rules, written down without regard to cost.
  private static final class SlowLookup {
    static List<Double> best(List<TableRecord> records, Query query) {
      List<TableRecord> fitting = records.stream().filter(r -> fits(r, query.identity())).toList();
      int equal = fitting.stream().mapToInt(r -> equal(r, query.identity())).max().orElse(0);
      List<TableRecord> most =
          fitting.stream().filter(r -> equal(r, query.identity()) == equal).toList();
      double least = most.stream().mapToDouble(r -> distance(r, query)).min().orElse(0);
      return most.stream().filter(r -> distance(r, query) == least).map(TableRecord::mean).toList();
    }

    private static boolean fits(TableRecord record, ModelIdentity asked) {
      ModelIdentity has = record.identity();
      return (has.type().equals(asked.type())
              || has.type().equals(asked.type() + "-" + asked.name()))
          && loose(asked.name(), has.name())
          && loose(asked.hardware(), has.hardware());
    }

    private static boolean loose(String asked, String has) {
      return asked.isEmpty() || has.isEmpty() || asked.equals(has);
    }

    private static int equal(TableRecord record, ModelIdentity asked) {
      return strict(asked.name(), record.identity().name())
          + strict(asked.hardware(), record.identity().hardware());
    }

    private static int strict(String asked, String has) {
      return !asked.isEmpty() && asked.equals(has) ? 1 : 0;
    }

    private static double distance(TableRecord record, Query query) {
      Double has = record.features().values().get("n");
      double asked = query.features().values().getOrDefault("n", 0.0);
      return has == null ? Math.log(2) : Math.abs(Math.log1p(asked) - Math.log1p(has));
    }
  }

  private static TableRecord randomRecord(SplittableRandom random, int index) {
    Map<String, Double> features =
        random.nextInt(4) == 0 ? Map.of() : Map.of("n", (double) (1 << random.nextInt(8)));
    ModelIdentity identity = randomIdentity(random);
    return new TableRecord(
        identity, identity.type(), features(features), constant(index), index, 0);
  }

  private static ModelIdentity randomIdentity(SplittableRandom random) {
    String[] types = {"a", "b", "a-x"};
    String[] names = {"", "x", "y"};
    String[] hardware = {"", "cpu", "gpu"};
    return new ModelIdentity(
        types[random.nextInt(3)], names[random.nextInt(3)], hardware[random.nextInt(3)], "", "");
  }

  private static LookupTable table(TableRecord... records) {
    return LookupTable.of(List.of(records), 0);
  }

  private static TableRecord record(
      String type, String name, String hardware, String software, String version, double value) {
    ModelIdentity identity = new ModelIdentity(type, name, hardware, software, version);
    return new TableRecord(identity, type, Features.NONE, constant(value), value, 0);
  }

  private static TableRecord sized(double value, Map<String, Double> features) {
    return new TableRecord(
        ModelIdentity.ofType("gpt"), "gpt", features(features), constant(value), value, 0);
  }

  private static Features features(Map<String, Double> values) {
    return new Features(ImmutableSortedMap.copyOf(values));
  }

  private static QuantileDistribution constant(double value) {
    return QuantileDistribution.of(new double[] {0.5}, new double[] {value});
  }

  private static Optional<Prediction> predict(LookupTable table, Query query) {
    return table.predict(query, new SplittableRandom(1));
  }

  private static Optional<Double> median(LookupTable table, ModelIdentity asked) {
    return predict(table, new Query(asked, Features.NONE)).map(p -> p.distribution().quantile(0.5));
  }

  private static Optional<Double> median(LookupTable table, double tokens) {
    Query query = new Query(ModelIdentity.ofType("gpt"), features(Map.of("input_tokens", tokens)));
    return predict(table, query).map(Prediction::mean);
  }
}
