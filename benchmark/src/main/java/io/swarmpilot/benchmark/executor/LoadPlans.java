package io.swarmpilot.benchmark.executor;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Limits;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.load.Phases;
import io.swarmpilot.benchmark.load.Rate;
import io.swarmpilot.benchmark.load.Spacing;
import io.swarmpilot.benchmark.measure.Slo;
import io.swarmpilot.benchmark.prompts.Length;
import io.swarmpilot.benchmark.prompts.PromptSource;
import io.swarmpilot.benchmark.prompts.SyntheticPrompts;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.WorkloadSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes plans for the load engine from what executors are asked to do.
final class LoadPlans {
  /// Bursts: gaps of coefficient of variation 2.
  private static final Spacing BURST = new Spacing.Gamma(0.25);

  /// About what the contexts of HellaSwag are long.
  private static final Length USUAL_PROMPT = Length.normal(45, 15);

  private static final ImmutableMap<String, Api> APIS =
      ImmutableMap.of(
          "chat", Api.OPENAI_CHAT,
          "completions", Api.OPENAI_COMPLETIONS,
          "embeddings", Api.OPENAI_EMBEDDINGS,
          "generate", Api.OLLAMA_GENERATE);

  private LoadPlans() {}

  /// The plan for a workload.
  ///
  /// @throws InvalidSettingsException when there is none
  static LoadPlan of(WorkloadSettings settings, Api byDefault) {
    try {
      return new LoadPlan(
          aim(settings, byDefault),
          arrival(settings),
          new Phases(settings.warmup(), settings.duration(), Duration.ZERO),
          prompts(settings),
          slo(settings.objectives()),
          limits(settings),
          settings.seed(),
          Math.round(1_000 * settings.startAt().orElse(0)));
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingsException(List.of(Issue.error("", String.valueOf(e.getMessage()))));
    }
  }

  private static Aim aim(WorkloadSettings settings, Api byDefault) {
    Api api = settings.api().map(LoadPlans::api).orElse(byDefault);
    return new Aim(
        ImmutableList.copyOf(settings.targets()),
        byDefault == Api.DUMMY ? Api.DUMMY : api,
        settings.model(),
        "",
        settings.stream(),
        settings.answerTokens(),
        false);
  }

  private static Api api(String name) {
    Api known = APIS.get(name);
    return known == null ? Api.parse(name) : known;
  }

  private static Arrival arrival(WorkloadSettings settings) {
    if (settings.targetRps().isEmpty()) {
      return new Arrival.Closed(settings.clients(), settings.thinkTime());
    }
    Spacing spacing =
        switch (settings.distribution()) {
          case CONSTANT -> Spacing.EVEN;
          case POISSON -> Spacing.POISSON;
          case BURST -> BURST;
        };
    return new Arrival.Open(spacing, new Rate.Steady(settings.targetRps().getAsDouble()));
  }

  private static PromptSource prompts(WorkloadSettings settings) {
    if (settings.dataset().isPresent()) {
      return Datasets.of(settings.dataset().get());
    }
    Length answer = Length.constant(settings.answerTokens());
    return settings.promptTokens().isPresent()
        ? SyntheticPrompts.of(Length.constant(settings.promptTokens().getAsInt()), answer)
        : SyntheticPrompts.of(USUAL_PROMPT, answer);
  }

  private static Slo slo(Map<String, Double> objectives) {
    return new Slo(
        within(objectives, "latency_ms"),
        within(objectives, "ttft_ms"),
        within(objectives, "tpot_ms"),
        within(objectives, "itl_ms"));
  }

  private static Optional<Duration> within(Map<String, Double> objectives, String name) {
    return Optional.ofNullable(objectives.get(name))
        .map(ms -> Duration.ofNanos(Math.round(ms * 1e6)));
  }

  private static Limits limits(WorkloadSettings settings) {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        usual.maxInFlight(),
        usual.maxRequests(),
        settings.requestTimeout(),
        usual.maxErrorRate(),
        usual.stopWhenSaturated(),
        usual.maxLag());
  }
}
