package io.swarmpilot.taskinstance.backend.onnx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns text into the token ids of an uncased BERT model, exactly as the model was trained: words
/// are cleaned, decomposed, freed from accents, lower-cased, split at punctuation and CJK
/// characters, then cut into pieces. Safe for use by several threads.
///
/// Works through the text from its start and stops at the bound, so that a long text costs no more
/// than the tokens it is cut to.
final class WordPieceTokenizer {
  private final WordPieceVocabulary vocabulary;
  private final List<Special> specials;
  private final int first;
  private final int last;

  /// @param special tokens that stand in the text as themselves, such as `[MASK]`, with their ids
  WordPieceTokenizer(WordPieceVocabulary vocabulary, Map<String, Integer> special) {
    this.vocabulary = vocabulary;
    this.specials =
        special.entrySet().stream()
            .map(entry -> new Special(entry.getKey(), entry.getValue()))
            .toList();
    this.first = required(special, "[CLS]");
    this.last = required(special, "[SEP]");
  }

  /// The ids of a text, `[CLS]` and `[SEP]` around them, at most `maxTokens` (at least 2) in all.
  int[] encode(String text, int maxTokens) {
    TokenIds ids = new TokenIds(maxTokens - 2);
    int start = 0;
    int at = 0;
    while (at < text.length() && !ids.isFull()) {
      Special special = specialAt(text, at);
      int next =
          at + (special == null ? Character.charCount(text.codePointAt(at)) : special.length());
      if (special != null || BertCharacters.isWhitespace(text.codePointAt(at))) {
        addWords(text.substring(start, at), ids);
        start = next;
      }
      if (special != null) {
        ids.add(special.id());
      }
      at = next;
    }
    addWords(text.substring(start, at), ids);
    return ids.framed(first, last);
  }

  /// Splits what stands between two blanks, which may still be several words.
  private void addWords(String raw, TokenIds ids) {
    if (raw.isEmpty() || ids.isFull()) {
      return;
    }
    String text = BertCharacters.normalize(raw);
    int start = 0;
    int at = 0;
    while (at < text.length() && !ids.isFull()) {
      int character = text.codePointAt(at);
      int next = at + Character.charCount(character);
      boolean punctuation = BertCharacters.isPunctuation(character);
      if (punctuation || BertCharacters.isWhitespace(character)) {
        addWord(text.substring(start, at), ids);
        start = next;
      }
      if (punctuation) {
        addWord(text.substring(at, next), ids);
      }
      at = next;
    }
    addWord(text.substring(start, at), ids);
  }

  private void addWord(String word, TokenIds ids) {
    if (!word.isEmpty()) {
      vocabulary.split(word, ids);
    }
  }

  private @Nullable Special specialAt(String text, int at) {
    for (Special special : specials) {
      if (text.startsWith(special.text(), at)) {
        return special;
      }
    }
    return null;
  }

  private static int required(Map<String, Integer> special, String token) {
    Integer id = special.get(token);
    if (id == null) {
      throw new IllegalArgumentException("the tokenizer has no " + token);
    }
    return id;
  }

  /// A token that stands in the text as itself.
  private record Special(String text, int id) {
    int length() {
      return text.length();
    }
  }
}
