package io.swarmpilot.benchmark.recipe;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of a benchmark.
///
/// @param name its name, unique in the benchmark and fit to be a file name
/// @param group what it repeats: the same for all repetitions of one run
/// @param overrides what makes it differ from the recipe's workload
/// @param body what executors are asked to do, without their targets
public record PlannedRun(
    String name,
    String group,
    Map<String, @Nullable Object> overrides,
    Map<String, @Nullable Object> body) {
  private static final String SINGLE = "single_run";
  private static final String NAME = "name";
  private static final String THREADS = "num_threads";

  /// What is swept when it is an array, with the executors' name for it.
  private static final ImmutableList<Axis> AXES =
      ImmutableList.of(
          new Axis("prompt_len", "prompt_len"),
          new Axis("gen_tokens", "gen_tokens"),
          new Axis("concurrency", THREADS));

  /// Seals the maps.
  public PlannedRun {
    overrides = Collections.unmodifiableMap(overrides);
    body = Collections.unmodifiableMap(body);
  }

  /// Every run of a recipe: each entry of its suite, at each point of its sweeps, as often as it is
  /// to be repeated.
  public static List<PlannedRun> of(Recipe recipe) {
    List<Map<String, @Nullable Object>> entries =
        recipe.suite().isEmpty() ? List.of(Map.of(NAME, SINGLE)) : recipe.suite();
    List<PlannedRun> runs = new ArrayList<>();
    for (Map<String, @Nullable Object> entry : entries) {
      for (List<Point> point : points(recipe.workload(), entry)) {
        repeat(recipe, entry, point, runs);
      }
    }
    return List.copyOf(runs);
  }

  private static void repeat(
      Recipe recipe,
      Map<String, @Nullable Object> entry,
      List<Point> point,
      List<PlannedRun> runs) {
    Map<String, @Nullable Object> overrides = new LinkedHashMap<>(entry);
    overrides.remove(NAME);
    StringBuilder group = new StringBuilder(String.valueOf(entry.get(NAME)));
    for (Point coordinate : point) {
      if (coordinate.swept()) {
        group.append('-').append(coordinate.axis().name()).append(coordinate.value());
        overrides.put(coordinate.axis().name(), coordinate.value());
      }
    }
    Map<String, @Nullable Object> body = body(recipe, entry, point);
    for (int repetition = 1; repetition <= recipe.repetitions(); repetition++) {
      String name = recipe.repetitions() == 1 ? group.toString() : group + "-r" + repetition;
      Map<String, @Nullable Object> named = new LinkedHashMap<>(body);
      named.put("benchmark_name", name);
      runs.add(new PlannedRun(name, group.toString(), overrides, named));
    }
  }

  private static Map<String, @Nullable Object> body(
      Recipe recipe, Map<String, @Nullable Object> entry, List<Point> point) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>(recipe.workload());
    body.remove("service");
    body.remove("batch");
    recipe.clientsPerNode().ifPresent(clients -> body.putIfAbsent("clients_per_node", clients));
    for (Point coordinate : point) {
      body.remove(coordinate.axis().name());
      body.put(coordinate.axis().key(), coordinate.value());
    }
    body.putAll(entry);
    body.keySet().removeAll(List.of(NAME, "concurrency"));
    return body;
  }

  private static List<List<Point>> points(
      Map<String, @Nullable Object> workload, Map<String, @Nullable Object> entry) {
    List<List<Point>> axes = new ArrayList<>();
    for (Axis axis : AXES) {
      Object value = workload.get(axis.name());
      if (value == null || entry.containsKey(axis.key())) {
        continue;
      }
      boolean swept = value instanceof List<?> list && list.size() > 1;
      List<?> values = value instanceof List<?> list ? list : List.of(value);
      axes.add(values.stream().map(each -> new Point(axis, each, swept)).toList());
    }
    return Lists.cartesianProduct(axes);
  }

  /// Something that can be swept.
  private record Axis(String name, String key) {}

  /// A value of it.
  private record Point(Axis axis, Object value, boolean swept) {}
}
