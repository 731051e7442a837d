package io.swarmpilot.launcher.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// The known name that was probably meant.
final class Suggestion {
  private static final int FARTHEST = 3;

  private Suggestion() {}

  /// The nearest known name, unless none is near.
  static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .filter(k -> distance(name, k) <= Math.min(FARTHEST, k.length() / 2));
  }

  /// Insertions, deletions and replacements that turn one name into the other (Levenshtein).
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
