package io.swarmpilot.taskinstance.backend.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The words in braces of a command, such as `{port}`, which are filled in when a server is
/// started. Other braces, as in JSON, are left alone.
final class Placeholders {
  /// Those there are.
  static final Set<String> KNOWN =
      Set.of("gpu_count", "gpus", "host", "model", "port", "served_model", "slots");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

  private Placeholders() {}

  /// The words with every placeholder filled in.
  static List<String> fill(List<String> words, Map<String, String> values) {
    return words.stream().map(word -> fill(word, values)).toList();
  }

  /// The word with every placeholder filled in. Values are not looked into again.
  static String fill(String word, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(word)
        .replaceAll(match -> Matcher.quoteReplacement(value(match, values)));
  }

  /// Those in the word that nothing is known about.
  static Set<String> unknownIn(String word) {
    return PLACEHOLDER
        .matcher(word)
        .results()
        .map(match -> match.group(1))
        .filter(name -> !KNOWN.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String value(MatchResult match, Map<String, String> values) {
    return values.getOrDefault(match.group(1), match.group());
  }
}
