package io.swarmpilot.benchmark.recipe;

import java.util.List;

/// Something that was configured cannot be used; says everything that is wrong with it.
public final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<Issue> issues;

  /// A refusal for at least one issue.
  public InvalidSettingsException(List<Issue> issues) {
    super(String.join("; ", issues.stream().map(Issue::toString).toList()), null, false, false);
    this.issues = List.copyOf(issues);
  }

  /// What is wrong.
  public List<Issue> issues() {
    return issues;
  }
}
