package io.swarmpilot.scheduler.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.scheduler.policy.GpuPrices;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.policy.PolicySettings;
import io.swarmpilot.scheduler.policy.Priority;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// The black-box cases of the seeds' strategies, one a line of `seed-cases.csv`.
///
/// Requests read `name key=value …; …` with the arrival `at` in ms relative to the call; instances
/// likewise. F, M and S are the fast, the medium and the slow one of the seeds' tests. `placed` is
/// every decision in order, `left` what was not placed; `says` what holds for the last decision.
final class SeedCasesTest {
  private static final double NOW = 1_000_000;

  private static final ImmutableMap<String, String> FIXTURES =
      ImmutableMap.of(
          "F", "load=.3 latency=30 gpus=2", "M", "load=.5 latency=50", "S", "load=.8 latency=100");

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "seed-cases.csv", delimiter = '|', numLinesToSkip = 1)
  void holds(
      String id, String policy, String requests, String instances, String placed, String says) {
    Item asked = Item.read(policy);
    PolicyRegistry registry = PolicyRegistry.discover(settings(asked.number("price", 1)));
    BatchScheduler scheduler = new BatchScheduler(registry, asked.name());
    BatchResult result =
        scheduler.schedule(
            Item.list(requests).map(SeedCasesTest::request).toList(),
            Item.list(instances).map(SeedCasesTest::instance).toList(),
            NOW,
            new SplittableRandom(1));
    Stream<String> decisions =
        result.decisions().stream().map(d -> d.requestId() + ">" + d.targetInstanceId());
    Stream<String> left = result.unplaced().stream().map(requestId -> "-" + requestId);
    assertThat(Stream.concat(decisions, left).collect(Collectors.joining(" ")))
        .as(id)
        .isEqualTo(placed);
    check(id, says, result);
  }

  private static void check(String id, String says, BatchResult result) {
    if (says.equals("-")) {
      return;
    }
    SchedulingDecision last = result.decisions().getLast();
    for (String claim : Splitter.on(';').trimResults().split(says)) {
      List<String> parts = Splitter.on('=').limit(2).splitToList(claim);
      String expected = parts.get(1);
      switch (parts.getFirst()) {
        case "confidence" -> assertNumber(id, last.confidence(), expected);
        case "cost" -> assertNumber(id, last.estimatedCost(), expected);
        case "latency" -> assertNumber(id, last.estimatedLatencyMs(), expected);
        case "reason" -> assertThat(last.reason()).as(id).contains(expected);
        default -> assertThat(last.metadata()).as(id).containsEntry(parts.getFirst(), expected);
      }
    }
  }

  private static void assertNumber(String id, double actual, String expected) {
    assertThat(actual).as(id).isCloseTo(Double.parseDouble(expected), within(5e-5));
  }

  private static RequestMetadata request(Item item) {
    return RequestMetadata.builder(item.name())
        .modelName(item.text("model", ""))
        .priority(Priority.valueOf(item.text("priority", "NORMAL")))
        .arrivalMs(NOW + item.number("at", 0))
        .sloDeadlineMs(item.number("slo", 0))
        .maxTokens((int) item.number("tokens", 0))
        .costBudget(item.number("budget", 0))
        .build();
  }

  private static ExecutionInstance instance(Item own) {
    Item item = own.orElse(Item.read(own.name() + " " + FIXTURES.getOrDefault(own.name(), "")));
    return ExecutionInstance.builder(item.name())
        .modelName(item.text("model", ""))
        .available(item.text("available", "true").equals("true"))
        .healthy(item.text("healthy", "true").equals("true"))
        .currentLoad(item.number("load", 0))
        .maxConcurrentRequests((int) item.number("max", 100))
        .avgLatencyMs(item.number("latency", 0))
        .gpuCount((int) item.number("gpus", 1))
        .throughputTokensPerSec(item.number("speed", 0))
        .build();
  }

  private static PolicySettings settings(double price) {
    return new PolicySettings(
        GpuPrices.of(price), 1, 0.7, 0.8, 0.7, 0.3, 0.35, 1_000, 3, 6, 60, 0.3, 0.05, true);
  }

  /// `name key=value …` of a case.
  private record Item(String name, ImmutableMap<String, String> values) {
    static Stream<Item> list(String items) {
      return items.equals("-")
          ? Stream.of()
          : Splitter.on(';').trimResults().splitToStream(items).map(Item::read);
    }

    static Item read(String item) {
      List<String> words = Splitter.on(' ').omitEmptyStrings().splitToList(item);
      ImmutableMap.Builder<String, String> values = ImmutableMap.builder();
      for (String word : words.subList(1, words.size())) {
        List<String> pair = Splitter.on('=').splitToList(word);
        values.put(pair.get(0), pair.get(1));
      }
      return new Item(words.getFirst(), values.buildOrThrow());
    }

    Item orElse(Item other) {
      return new Item(
          name,
          ImmutableMap.<String, String>builder()
              .putAll(other.values)
              .putAll(values)
              .buildKeepingLast());
    }

    String text(String key, String otherwise) {
      return values.getOrDefault(key, otherwise);
    }

    double number(String key, double otherwise) {
      return values.containsKey(key) ? Double.parseDouble(text(key, "")) : otherwise;
    }
  }
}
