package io.swarmpilot.benchmark.recipe.read;

import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Recipe;
import io.swarmpilot.benchmark.recipe.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A document and everything to say about it, errors first.
///
/// @param document what was read
/// @param issues what is wrong or odd
public record Findings(Tree document, List<Issue> issues) {
  /// Copies the issues.
  public Findings {
    issues = List.copyOf(issues);
  }

  /// Reads and checks a file.
  ///
  /// @throws RecipeFileException when it cannot be read
  public static Findings of(Path file, RecipeSchema schema) {
    return of(RecipeFile.read(file), schema);
  }

  /// Checks a document.
  public static Findings of(Tree document, RecipeSchema schema) {
    List<Issue> issues = new ArrayList<>(schema.check(document));
    Set<String> named = issues.stream().map(Issue::dottedPath).collect(Collectors.toSet());
    Recipe.check(document).stream()
        .filter(issue -> !named.contains(issue.dottedPath()))
        .forEach(issues::add);
    return new Findings(document, issues);
  }

  /// What forbids the use of the recipe.
  public List<Issue> errors() {
    return issues.stream().filter(Issue::isError).toList();
  }

  /// What is odd about it.
  public List<Issue> warnings() {
    return issues.stream().filter(issue -> !issue.isError()).toList();
  }
}
