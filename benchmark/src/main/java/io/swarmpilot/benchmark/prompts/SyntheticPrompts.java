package io.swarmpilot.benchmark.prompts;

import com.google.common.collect.ImmutableList;
import java.util.random.RandomGenerator;

/// Texts of plain words of wanted lengths. One common word is about one token in today's
/// vocabularies, so a length in tokens is made as that many words; what the server counted is in
/// the measurement.
public final class SyntheticPrompts implements PromptSource {
  private static final ImmutableList<String> WORDS =
      ImmutableList.of(
          "the", "of", "and", "to", "in", "a", "is", "that", "for", "it", "as", "was", "with", "be",
          "by", "on", "not", "he", "his", "but", "at", "are", "this", "have", "from", "or", "had",
          "an", "they", "which", "one", "you", "were", "her", "all", "she", "there", "would",
          "their", "we", "him", "been", "has", "when", "who", "will", "more", "no", "if", "out",
          "so", "said", "what", "up", "its", "about", "into", "than", "them", "can", "only",
          "other", "new", "some", "time", "could", "these", "two", "may", "then", "do", "first",
          "any", "my", "now", "such", "like", "our", "over", "man", "me", "even", "most", "made",
          "after", "also", "did", "many", "before", "must", "through", "back", "years", "where",
          "much", "your", "way", "well", "down", "should", "because", "each", "just", "those",
          "people", "how", "too", "little", "state", "good", "very", "make", "world", "still",
          "own", "see", "men", "work", "long", "get", "here", "between", "both", "life", "being",
          "under", "never", "day", "same", "another", "know", "while", "last");

  private final Length input;
  private final Length output;
  private final String sharedPrefix;
  private final int prefixTokens;

  private SyntheticPrompts(Length input, Length output, String sharedPrefix, int prefixTokens) {
    this.input = input;
    this.output = output;
    this.sharedPrefix = sharedPrefix;
    this.prefixTokens = prefixTokens;
  }

  /// Texts of these lengths that ask for answers of those, all different.
  public static SyntheticPrompts of(Length input, Length output) {
    return new SyntheticPrompts(input, output, "", 0);
  }

  /// The same texts, each after one beginning of so many tokens that all share.
  ///
  /// @param tokens 0 to 1,000,000
  public SyntheticPrompts withSharedPrefix(int tokens, RandomGenerator random) {
    return new SyntheticPrompts(input, output, words(tokens, random), tokens);
  }

  @Override
  public Prompt prompt(long index, RandomGenerator random) {
    int tokens = input.draw(random);
    int wanted = output.draw(random);
    String text = words(tokens, random);
    return new Prompt(
        prefixTokens == 0 ? text : sharedPrefix + ' ' + text, prefixTokens + tokens, wanted);
  }

  /// One text.
  static Prompt text(int inputTokens, int outputTokens, RandomGenerator random) {
    return new Prompt(words(inputTokens, random), inputTokens, outputTokens);
  }

  private static String words(int count, RandomGenerator random) {
    StringBuilder text = new StringBuilder(6 * count);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        text.append(' ');
      }
      text.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString();
  }
}
