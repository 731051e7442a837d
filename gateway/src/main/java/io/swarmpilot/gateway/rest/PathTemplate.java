package io.swarmpilot.gateway.rest;

import java.util.List;
import java.util.regex.Pattern;

/// A path with variables, `/results/{task_id}`; a variable stands for one whole segment, in which
/// `%2F` may stand for a slash.
///
/// @param text the template as the descriptors have it
/// @param variables names of the variables in order
public record PathTemplate(String text, List<String> variables) {
  private static final Pattern FORM =
      Pattern.compile("(/[A-Za-z0-9._~-]+|/\\{[a-z][a-z0-9_]*})+|/");
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9_]+)}");

  /// Copies the variables.
  public PathTemplate {
    variables = List.copyOf(variables);
  }

  /// Reads a template.
  ///
  /// @throws IllegalArgumentException for a form that no contract of ours uses: wildcards, verbs
  public static PathTemplate parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("cannot route the path template " + text);
    }
    List<String> names =
        VARIABLE.matcher(text).results().map(found -> String.valueOf(found.group(1))).toList();
    return new PathTemplate(text, names);
  }

  /// The same below another template.
  public PathTemplate under(String prefix) {
    return parse(prefix + text);
  }
}
