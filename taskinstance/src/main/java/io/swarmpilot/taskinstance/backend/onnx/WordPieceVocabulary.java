package io.swarmpilot.taskinstance.backend.onnx;

import java.util.HashMap;
import java.util.Map;

/// The pieces of words that a model knows.
final class WordPieceVocabulary {
  private final Map<String, Integer> beginnings = new HashMap<>();
  private final Map<String, Integer> continuations = new HashMap<>();
  private final int unknown;
  private final int maxWordCharacters;
  private final int longestPiece;

  /// @param pieces ids of the pieces; those that continue a word begin with `continuingPrefix`
  WordPieceVocabulary(
      Map<String, Integer> pieces,
      String continuingPrefix,
      String unknownPiece,
      int maxWordCharacters) {
    int longest = 0;
    for (Map.Entry<String, Integer> piece : pieces.entrySet()) {
      String text = piece.getKey();
      longest = Math.max(longest, text.length());
      beginnings.put(text, piece.getValue());
      if (text.startsWith(continuingPrefix)) {
        continuations.put(text.substring(continuingPrefix.length()), piece.getValue());
      }
    }
    Integer unknownId = pieces.get(unknownPiece);
    if (unknownId == null) {
      throw new IllegalArgumentException("no piece for unknown words: " + unknownPiece);
    }
    this.unknown = unknownId;
    this.maxWordCharacters = maxWordCharacters;
    this.longestPiece = longest;
  }

  /// Appends the ids of a word: the longest piece it begins with, then the longest that continues
  /// it, and so on; the one id of an unknown word when that does not come out even.
  void split(String word, TokenIds ids) {
    if (word.codePointCount(0, word.length()) > maxWordCharacters) {
      ids.add(unknown);
      return;
    }
    int before = ids.mark();
    int start = 0;
    while (start < word.length()) {
      int end = longestMatch(word, start, ids);
      if (end < 0) {
        ids.reset(before);
        ids.add(unknown);
        return;
      }
      start = end;
    }
  }

  private int longestMatch(String word, int start, TokenIds ids) {
    Map<String, Integer> pieces = start == 0 ? beginnings : continuations;
    for (int end = Math.min(word.length(), start + longestPiece); end > start; end--) {
      Integer id = pieces.get(word.substring(start, end));
      if (id != null) {
        ids.add(id);
        return end;
      }
    }
    return -1;
  }
}
