package io.swarmpilot.taskinstance.backend.onnx;

import java.text.Normalizer;

/// What an uncased BERT does with single characters, before words are cut into pieces.
final class BertCharacters {
  private static final int REPLACEMENT = 0xFFFD;

  private BertCharacters() {}

  /// Whether words end at a character.
  static boolean isWhitespace(int character) {
    return character == ' '
        || character == '\t'
        || character == '\n'
        || character == '\r'
        || (character > 0x7F && Character.isSpaceChar(character));
  }

  /// Whether a character is a word of its own: punctuation, and every ASCII symbol.
  static boolean isPunctuation(int character) {
    if (character < 0x80) {
      return character > ' ' && character < 0x7F && !Character.isLetterOrDigit(character);
    }
    return switch (Character.getType(character)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  /// Cleans, decomposes, drops accents and lower-cases a text; CJK characters get a blank on either
  /// side.
  static String normalize(String text) {
    StringBuilder cleaned = new StringBuilder(text.length() + 16);
    boolean ascii = true;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      at += Character.charCount(character);
      ascii &= character < 0x80;
      if (isCjk(character)) {
        cleaned.append(' ').appendCodePoint(character).append(' ');
      } else if (!isDropped(character)) {
        cleaned.appendCodePoint(character);
      }
    }
    return lowerCaseWithoutAccents(
        ascii ? cleaned : Normalizer.normalize(cleaned, Normalizer.Form.NFD));
  }

  private static String lowerCaseWithoutAccents(CharSequence text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
        .map(Character::toLowerCase)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isDropped(int character) {
    if (character == REPLACEMENT) {
      return true;
    }
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  /// The blocks as the model's tokenizer has them, which are those of Unicode but for the start of
  /// the fourth extension.
  private static boolean isCjk(int character) {
    return (character >= 0x4E00 && character <= 0x9FFF)
        || (character >= 0x3400 && character <= 0x4DBF)
        || (character >= 0x20000 && character <= 0x2A6DF)
        || (character >= 0x2A700 && character <= 0x2B73F)
        || (character >= 0x2B740 && character <= 0x2B81F)
        || (character >= 0x2B920 && character <= 0x2CEAF)
        || (character >= 0xF900 && character <= 0xFAFF)
        || (character >= 0x2F800 && character <= 0x2FA1F);
  }
}
