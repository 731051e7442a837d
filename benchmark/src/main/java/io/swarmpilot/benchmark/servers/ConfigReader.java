package io.swarmpilot.benchmark.servers;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.swarmpilot.benchmark.recipe.InvalidSettingsException;
import io.swarmpilot.benchmark.recipe.Issue;
import io.swarmpilot.benchmark.recipe.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads settings with defaults, collecting what is wrong. Keys it is not asked for stay as they
/// are.
final class ConfigReader {
  private final Tree raw;
  private final String prefix;
  private final List<Issue> issues;
  private final Map<String, Object> read = new LinkedHashMap<>();

  ConfigReader(Tree raw) {
    this(raw, "", new ArrayList<>());
  }

  private ConfigReader(Tree raw, String prefix, List<Issue> issues) {
    this.raw = raw;
    this.prefix = prefix;
    this.issues = issues;
    raw.root()
        .forEach((name, value) -> {
          if (value != null) {
            read.put(name, value);
          }
        });
  }

  /// A whole number.
  @CanIgnoreReturnValue
  ConfigReader whole(String name, long byDefault, long least) {
    long value = raw.whole(name).orElse(byDefault);
    require(
        (raw.at(name).isEmpty() || raw.whole(name).isPresent()) && value >= least,
        name,
        "must be a whole number of at least " + least);
    read.put(name, Math.toIntExact(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE)));
    return this;
  }

  /// A number above 0, at most 1.
  @CanIgnoreReturnValue
  ConfigReader share(String name, double byDefault) {
    double value = raw.number(name).orElse(byDefault);
    require(
        (raw.at(name).isEmpty() || raw.number(name).isPresent()) && value > 0 && value <= 1,
        name,
        "must be a number above 0, at most 1");
    read.put(name, value);
    return this;
  }

  /// A flag, false by default.
  @CanIgnoreReturnValue
  ConfigReader flag(String name) {
    require(raw.at(name).isEmpty() || raw.flag(name).isPresent(), name, "must be true or false");
    read.put(name, raw.flag(name).orElse(false));
    return this;
  }

  /// A text.
  @CanIgnoreReturnValue
  ConfigReader text(String name, String byDefault) {
    require(raw.at(name).isEmpty() || raw.text(name).isPresent(), name, "must be text");
    read.put(name, raw.text(name).orElse(byDefault));
    return this;
  }

  /// A text that need not be there.
  @CanIgnoreReturnValue
  ConfigReader text(String name) {
    require(raw.at(name).isEmpty() || raw.text(name).isPresent(), name, "must be text");
    return this;
  }

  /// Settings below these; put in place once they are read.
  ConfigReader below(String name) {
    require(raw.at(name).isEmpty() || raw.tree(name).isPresent(), name, "must be an object");
    ConfigReader below =
        new ConfigReader(raw.tree(name).orElse(Tree.EMPTY), prefix + name + ".", issues);
    read.put(name, below.read);
    return below;
  }

  /// Notes something else that is wrong.
  @CanIgnoreReturnValue
  ConfigReader require(boolean holds, String name, String message) {
    if (!holds) {
      issues.add(Issue.error(prefix + name, message));
    }
    return this;
  }

  /// What was read.
  ///
  /// @throws InvalidSettingsException when something is wrong
  Map<String, Object> done() {
    if (!issues.isEmpty()) {
      throw new InvalidSettingsException(issues);
    }
    return read;
  }
}
