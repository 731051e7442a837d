package io.swarmpilot.benchmark.recipe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the schema cannot say of a recipe's workload.
final class WorkloadSemantics {
  private static final String INFERENCE = "inference";
  private static final double MANY_REQUESTS = 10_000;

  private final Tree recipe;
  private final List<Issue> issues = new ArrayList<>();

  private WorkloadSemantics(Tree recipe) {
    this.recipe = recipe;
  }

  static List<Issue> check(Tree recipe) {
    WorkloadSemantics workload = new WorkloadSemantics(recipe);
    workload.service();
    workload.spans();
    workload.load();
    workload.suite();
    return workload.issues;
  }

  private void service() {
    Optional<String> component = recipe.text("workload.component");
    Optional<String> service = recipe.text("workload.service");
    if (component.isPresent() && service.isPresent()) {
      boolean fits = Services.of(component.get()).contains(service.get());
      boolean known = !Services.of(component.get()).isEmpty();
      error(
          fits || !known,
          "workload.service",
          service.get()
              + " is no service of component "
              + component.get()
              + ", which has "
              + Semantics.names(Services.of(component.get())));
    }
    error(
        !component.equals(Optional.of(INFERENCE)) || hasText("workload.model"),
        "workload.model",
        "is needed for component inference");
    error(
        service.filter(Services::needPromptLength).isEmpty()
            || recipe.at("workload.prompt_len").isPresent(),
        "workload.prompt_len",
        "is needed for service " + service.orElse(""));
  }

  private void spans() {
    span("workload.duration");
    span("workload.warmup");
    recipe
        .text("workload.duration")
        .flatMap(Span::ofRecipe)
        .ifPresent(duration -> {
          char unit = Span.unit(recipe.text("workload.duration").orElse(""));
          warn(
              unit != 's' || duration.toSeconds() >= 60,
              "workload.duration",
              "shorter than 60s: results will be noisy");
          warn(
              unit != 'h' || duration.toHours() <= 4,
              "workload.duration",
              "longer than 4h: check the job's time limit");
        });
    recipe
        .text("workload.warmup")
        .filter(text -> Span.unit(text) == 's')
        .flatMap(Span::ofRecipe)
        .ifPresent(warmup ->
            warn(
                warmup.toSeconds() >= 10,
                "workload.warmup",
                "shorter than 10s: a model may still be loading when measuring begins"));
  }

  private void load() {
    warn(
        recipe.number("workload.target_rps").orElse(0) <= MANY_REQUESTS,
        "workload.target_rps",
        "more than 10000 requests a second: check that the clients can send them");
    warn(
        recipe.whole("workload.clients_per_node").orElse(1) <= 100,
        "workload.clients_per_node",
        "more than 100 clients on a node");
    warn(
        recipe.at("workload.request_distribution").isEmpty()
            || recipe.at("workload.target_rps").isPresent(),
        "workload.request_distribution",
        "has no effect without target_rps");
    warn(
        recipe.at("workload.batch").isEmpty(),
        "workload.batch",
        "has no effect: every request carries one prompt, and the server batches");
  }

  private void suite() {
    Set<String> names = new HashSet<>();
    int position = 0;
    for (Object item : recipe.list("workload.benchmark_suite")) {
      String name = Tree.of(item).flatMap(entry -> entry.text("name")).orElse("");
      error(
          names.add(name) || name.isEmpty(),
          "workload.benchmark_suite." + position++ + ".name",
          "'" + name + "' is the name of an earlier run");
    }
  }

  private void span(String path) {
    recipe
        .text(path)
        .ifPresent(text ->
            error(
                Span.ofRecipe(text).isPresent(),
                path,
                "'" + text + "' is not digits followed by s, m or h"));
  }

  private boolean hasText(String path) {
    return recipe.text(path).filter(text -> !text.isBlank()).isPresent();
  }

  private void error(boolean holds, String path, String message) {
    if (!holds) {
      issues.add(Issue.error(path, message));
    }
  }

  private void warn(boolean holds, String path, String message) {
    if (!holds) {
      issues.add(Issue.warning(path, message));
    }
  }
}
