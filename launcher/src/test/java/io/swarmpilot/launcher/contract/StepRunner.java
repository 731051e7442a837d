package io.swarmpilot.launcher.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Makes the calls of a step and judges the answers.
final class StepRunner {
  private static final Executor RETRY =
      CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS, Runnable::run);

  private final String title;
  private final Transport transport;
  private final String transportName;
  private final Variables variables;

  /// @param title what a failure is to be found by
  StepRunner(String title, Transport transport, String transportName, Variables variables) {
    this.title = title;
    this.transport = transport;
    this.transportName = transportName;
    this.variables = variables;
  }

  void run(Step step) {
    Long patience = step.until();
    List<Answer> answers = patience == null ? callAll(step) : List.of(callUntil(step, patience));
    save(step, answers);
    step.distinct()
        .forEach(pointer -> {
          ImmutableMultiset<String> values = values(answers, pointer);
          assertThat(values.elementSet())
              .as("%s: distinct %s", title, pointer)
              .hasSize(values.size());
        });
    step.spread()
        .forEach((pointer, rule) -> {
          ImmutableMultiset<String> values = values(answers, pointer);
          assertThat(values.elementSet())
              .as("%s: values of %s", title, pointer)
              .hasSize(rule.get(0));
          assertThat(values.entrySet())
              .as("%s: occurrences of %s", title, pointer)
              .extracting(Multiset.Entry::getCount)
              .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(rule.get(1)));
        });
  }

  private static ImmutableMultiset<String> values(List<Answer> answers, String pointer) {
    return answers.stream()
        .map(answer -> Json.parse(answer.body()).at(pointer).asText())
        .collect(ImmutableMultiset.toImmutableMultiset());
  }

  private List<Answer> callAll(Step step) {
    List<Variables> scopes = scopes(step);
    int concurrency = step.concurrency() == null ? 1 : step.concurrency();
    try (ExecutorService callers = Executors.newFixedThreadPool(concurrency)) {
      List<Future<Answer>> calls = new ArrayList<>();
      for (Variables scope : scopes) {
        calls.add(callers.submit(() -> judged(step, scope)));
      }
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> call : calls) {
        answers.add(result(call));
      }
      return answers;
    }
  }

  private static Answer result(Future<Answer> call) {
    try {
      return Uninterruptibles.getUninterruptibly(call);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      throw new AssertionError("the call failed", cause);
    }
  }

  /// The variables of each call: `${index}` from 0, and `${item}` of the saved array.
  private List<Variables> scopes(Step step) {
    JsonNode items = step.forEach() == null ? null : variables.get(step.forEach());
    int count = step.times() == null ? 1 : step.times();
    List<Variables> scopes = new ArrayList<>();
    for (int i = 0; i < (items == null ? count : items.size()); i++) {
      Variables scope = variables.copy();
      scope.put("index", i);
      if (items != null) {
        scope.put("item", items.get(i));
      }
      scopes.add(scope);
    }
    return scopes;
  }

  private Answer judged(Step step, Variables scope) {
    Call call = call(step, scope);
    Answer answer = transport.call(call);
    List<String> differences = Judgement.of(step.expect(), answer, transportName, scope);
    if (!differences.isEmpty()) {
      fail("%s%n%s%n%s%nanswered %s", title, call, String.join("\n", differences), answer);
    }
    return answer;
  }

  private Answer callUntil(Step step, long patienceMs) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
    Call call = call(step, variables);
    while (true) {
      Answer answer = transport.call(call);
      List<String> differences = Judgement.of(step.expect(), answer, transportName, variables);
      if (differences.isEmpty()) {
        return answer;
      }
      if (System.nanoTime() > deadline) {
        fail(
            "%s%n%s%nafter %d ms still%n%s%nanswered %s",
            title, call, patienceMs, String.join("\n", differences), answer);
      }
      CompletableFuture.runAsync(() -> {}, RETRY).join();
    }
  }

  private static Call call(Step step, Variables scope) {
    ImmutableMap.Builder<String, String> headers = ImmutableMap.builder();
    step.headers().forEach((name, value) -> headers.put(name, scope.expand(value)));
    ImmutableList<Call.FormPart> form =
        step.form().stream()
            .map(part ->
                new Call.FormPart(
                    part.name(),
                    part.file() == null ? "" : part.file(),
                    scope.expand(part.content())))
            .collect(ImmutableList.toImmutableList());
    return new Call(
        step.role(),
        step.verb(),
        scope.expand(step.path()),
        headers.buildOrThrow(),
        body(step, scope),
        form);
  }

  private static Optional<String> body(Step step, Variables scope) {
    if (step.body() != null) {
      return Optional.of(Json.write(scope.expand(step.body())));
    }
    if (step.repeat() != null) {
      return Optional.of(step.repeat().build());
    }
    return Optional.ofNullable(step.raw()).map(scope::expand);
  }

  private void save(Step step, List<Answer> answers) {
    step.save()
        .forEach((name, pointer) -> {
          if (step.times() == null && step.forEach() == null) {
            variables.put(name, Json.parse(answers.getFirst().body()).at(pointer));
          } else {
            ArrayNode values = JsonNodeFactory.instance.arrayNode();
            answers.forEach(answer -> values.add(Json.parse(answer.body()).at(pointer)));
            variables.put(name, values);
          }
        });
  }
}
