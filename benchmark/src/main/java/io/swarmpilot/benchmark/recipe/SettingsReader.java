package io.swarmpilot.benchmark.recipe;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Reads what an executor is asked to do, collecting everything that is wrong.
final class SettingsReader {
  private static final Duration DEFAULT_DURATION = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final double LONGEST_PAUSE_SECONDS = 3_600;
  private static final double DEFAULT_TIMEOUT_SECONDS = 120;
  private static final double MOST_REQUESTS = 100_000;
  private static final int MOST_CLIENTS = 10_000;
  private static final int MOST_TOKENS = 1_000_000;
  private static final int MOST_TARGETS = 1_024;
  private static final int DEFAULT_ANSWER_TOKENS = 100;
  private static final int LONGEST_TEXT = 4_096;
  private static final ImmutableList<String> OBJECTIVES =
      ImmutableList.of("ttft_ms", "tpot_ms", "itl_ms", "latency_ms");

  private final Tree outer;
  private final Tree inner;
  private final List<Issue> issues = new ArrayList<>();

  SettingsReader(Tree body) {
    outer = body;
    inner = body.tree("workload").orElse(Tree.EMPTY);
    if (body.at("workload").isPresent() && body.tree("workload").isEmpty()) {
      issues.add(Issue.error("workload", "must be an object"));
    }
  }

  WorkloadSettings read(boolean needsTarget) {
    List<String> targets = targets(needsTarget);
    String model = text("model").orElse("");
    require(!needsTarget || !model.isBlank(), "model", "is required");
    WorkloadSettings settings =
        new WorkloadSettings(
            text("benchmark_name").orElse(""),
            targets,
            model,
            duration(),
            span("warmup").orElse(Duration.ZERO),
            clients(),
            seconds(number("sleep_seconds", 0, LONGEST_PAUSE_SECONDS).orElse(0)),
            targetRps(),
            distribution(),
            whole("seed", Long.MIN_VALUE, Long.MAX_VALUE).orElse(0),
            optional(whole("prompt_len", 1, MOST_TOKENS)),
            Math.toIntExact(whole("gen_tokens", 1, MOST_TOKENS).orElse(DEFAULT_ANSWER_TOKENS)),
            flag("stream"),
            text("api"),
            text("dataset").filter(name -> !name.toLowerCase(Locale.ROOT).equals("hellaswag")),
            number("start_at", 0, Double.MAX_VALUE),
            objectives(),
            requestTimeout());
    if (!issues.isEmpty()) {
      throw new InvalidSettingsException(issues);
    }
    return settings;
  }

  private List<String> targets(boolean needed) {
    Set<String> targets = new LinkedHashSet<>();
    text("server_url").filter(url -> !url.isBlank()).ifPresent(targets::add);
    for (Object url :
        value("server_endpoints").isPresent() ? list("server_endpoints") : List.of()) {
      require(
          url instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT,
          "server_endpoints",
          "must be URLs");
      targets.add(String.valueOf(url));
    }
    require(!needed || !targets.isEmpty(), "server_url", "is required, or server_endpoints");
    require(
        targets.size() <= MOST_TARGETS,
        "server_endpoints",
        "must be at most " + MOST_TARGETS + " URLs");
    return List.copyOf(targets);
  }

  private Duration duration() {
    Duration duration = span("duration").orElse(DEFAULT_DURATION);
    require(!duration.isZero(), "duration", "must be above 0");
    return duration;
  }

  private int clients() {
    String name = value("num_threads").isPresent() ? "num_threads" : "clients_per_node";
    return Math.toIntExact(whole(name, 1, MOST_CLIENTS).orElse(1));
  }

  private OptionalDouble targetRps() {
    OptionalDouble rate = number("target_rps", 0, MOST_REQUESTS);
    require(rate.orElse(1) > 0, "target_rps", "must be above 0");
    return rate;
  }

  private WorkloadSettings.Distribution distribution() {
    String name = text("request_distribution").orElse("constant");
    for (WorkloadSettings.Distribution distribution : WorkloadSettings.Distribution.values()) {
      if (distribution.name().toLowerCase(Locale.ROOT).equals(name)) {
        return distribution;
      }
    }
    require(false, "request_distribution", "must be constant, poisson or burst");
    return WorkloadSettings.Distribution.CONSTANT;
  }

  private Duration requestTimeout() {
    double seconds =
        number("request_timeout_seconds", 0, LONGEST_PAUSE_SECONDS).orElse(DEFAULT_TIMEOUT_SECONDS);
    require(seconds > 0, "request_timeout_seconds", "must be above 0");
    return seconds(seconds);
  }

  private Map<String, Double> objectives() {
    Map<String, Double> bounds = new LinkedHashMap<>();
    Optional<Object> slo = value("slo");
    Optional<Tree> tree = slo.flatMap(Tree::of);
    require(slo.isEmpty() || tree.isPresent(), "slo", "must be an object");
    tree.orElse(Tree.EMPTY)
        .root()
        .keySet()
        .forEach(name ->
            require(
                OBJECTIVES.contains(name),
                "slo." + name,
                "is not one of " + String.join(", ", OBJECTIVES)));
    for (String name : OBJECTIVES) {
      tree.flatMap(bound -> bound.at(name))
          .ifPresent(value -> {
            double bound = value instanceof Number number ? number.doubleValue() : Double.NaN;
            require(bound > 0 && Double.isFinite(bound), "slo." + name, "must be a number above 0");
            bounds.put(name, bound);
          });
    }
    return bounds;
  }

  private Optional<Duration> span(String name) {
    Optional<Object> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> span = Span.ofWorkload(value.get());
    require(span.isPresent(), name, "must be seconds as a number, or text such as 90s, 10m, 1h");
    require(span.isEmpty() || span.get().compareTo(LONGEST) <= 0, name, "must be at most 24h");
    return span;
  }

  private OptionalLong whole(String name, long least, long most) {
    Optional<Object> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    Long number =
        switch (value.get()) {
          case String text -> Longs.tryParse(text.strip());
          case Long exact -> exact;
          case Integer exact -> exact.longValue();
          case Number other when other.doubleValue() == Math.rint(other.doubleValue()) ->
              other.longValue();
          default -> null;
        };
    require(
        number != null && number >= least && number <= most,
        name,
        least == Long.MIN_VALUE
            ? "must be a whole number"
            : "must be a whole number from " + least + " to " + most);
    return number == null || number < least || number > most
        ? OptionalLong.empty()
        : OptionalLong.of(number);
  }

  private OptionalDouble number(String name, double least, double most) {
    Optional<Object> value = value(name);
    if (value.isEmpty()) {
      return OptionalDouble.empty();
    }
    Double number =
        switch (value.get()) {
          case String text -> Doubles.tryParse(text.strip());
          case Number some -> some.doubleValue();
          default -> null;
        };
    boolean fits = number != null && number >= least && number <= most;
    require(
        fits,
        name,
        most == Double.MAX_VALUE
            ? "must be a number of at least " + Math.round(least)
            : "must be a number from " + Math.round(least) + " to " + Math.round(most));
    return number != null && fits ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  private boolean flag(String name) {
    Optional<Object> value = value(name);
    require(value.isEmpty() || value.get() instanceof Boolean, name, "must be true or false");
    return value.isEmpty() || Boolean.TRUE.equals(value.get());
  }

  private Optional<String> text(String name) {
    Optional<Object> value = value(name);
    require(
        value.isEmpty() || (value.get() instanceof String text && text.length() <= LONGEST_TEXT),
        name,
        "must be text of at most " + LONGEST_TEXT + " characters");
    return value.filter(String.class::isInstance).map(String.class::cast);
  }

  private List<?> list(String name) {
    Object value = value(name).orElse(List.of());
    require(value instanceof List<?>, name, "must be a list");
    return value instanceof List<?> list ? list : List.of();
  }

  private Optional<Object> value(String name) {
    return outer.at(name).or(() -> inner.at(name));
  }

  private void require(boolean holds, String path, String message) {
    if (!holds) {
      issues.add(Issue.error(path, message));
    }
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static OptionalInt optional(OptionalLong value) {
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }
}
