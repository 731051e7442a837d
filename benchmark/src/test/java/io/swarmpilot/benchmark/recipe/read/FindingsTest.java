package io.swarmpilot.benchmark.recipe.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/// Every fault and every oddity of a recipe is told once, with its place.
class FindingsTest {
  private static final RecipeSchema SCHEMA = RecipeSchema.own();

  @Test
  void nothingIsSaidOfAGoodRecipe() throws IOException {
    assertThat(Findings.of(new Tree(valid()), SCHEMA).issues()).isEmpty();
  }

  @Test
  void aWorkloadAloneIsARecipeToo() {
    Tree flat = new Tree(Map.of("service", "dummy", "duration", 5, "clients_per_node", 2));

    assertThat(Findings.of(flat, SCHEMA).issues()).isEmpty();
  }

  @Test
  void aWorkloadAloneIsCheckedAsWell() {
    Tree flat = new Tree(Map.of("duration", "5d", "clients_per_node", 0));

    assertThat(Findings.of(flat, SCHEMA).errors())
        .extracting(Issue::path)
        .contains("service", "duration", "clients_per_node");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyKindOfFaultIsToldWithItsPlace(Case one) throws IOException {
    Findings findings = Findings.of(new Tree(one.changed(valid())), SCHEMA);

    told(findings.errors(), one.errors());
    told(findings.warnings(), one.warnings());
  }

  private static void told(List<Issue> issues, List<String> expected) {
    assertThat(issues)
        .extracting(Issue::path)
        .containsOnly(
            expected.stream()
                .map(line -> line.substring(0, line.indexOf(": ")))
                .toArray(String[]::new));
    for (String line : expected) {
      String path = line.substring(0, line.indexOf(": "));
      String part = line.substring(line.indexOf(": ") + 2);
      assertThat(issues)
          .filteredOn(issue -> issue.path().equals(path))
          .extracting(Issue::message)
          .as(path)
          .anySatisfy(message -> assertThat(message).contains(part));
    }
  }

  @SuppressWarnings("unchecked")
  static Stream<Case> cases() throws IOException {
    return ((List<Map<String, Object>>) load("cases.yaml")).stream().map(Case::of);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> valid() throws IOException {
    return (Map<String, Object>) load("valid.yaml");
  }

  private static Object load(String name) throws IOException {
    try (InputStream text = FindingsTest.class.getResourceAsStream(name)) {
      return new Yaml().load(text);
    }
  }

  /// A change and what is said about it.
  record Case(
      Map<String, @Nullable Object> set,
      @Nullable String remove,
      List<String> errors,
      List<String> warnings) {
    static Case of(Map<String, Object> yaml) {
      return new Case(
          map(yaml.get("set")),
          (String) yaml.get("remove"),
          texts(yaml.get("errors")),
          texts(yaml.get("warnings")));
    }

    Map<String, Object> changed(Map<String, Object> recipe) {
      set.forEach((path, value) -> {
        Map<String, Object> parent = parent(recipe, path);
        parent.put(path.substring(path.lastIndexOf('.') + 1), value);
      });
      if (remove != null) {
        parent(recipe, remove).remove(remove.substring(remove.lastIndexOf('.') + 1));
      }
      return recipe;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parent(Map<String, Object> recipe, String path) {
      Map<String, Object> at = recipe;
      List<String> names = Splitter.on('.').splitToList(path);
      for (String name : names.subList(0, names.size() - 1)) {
        at = (Map<String, Object>) at.computeIfAbsent(name, _ -> new LinkedHashMap<>());
      }
      return at;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
      return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(@Nullable Object value) {
      return value == null ? List.of() : (List<String>) value;
    }
  }
}
