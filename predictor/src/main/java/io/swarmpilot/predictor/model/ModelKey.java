package io.swarmpilot.predictor.model;

import com.google.common.escape.Escaper;
import com.google.common.hash.Hashing;
import com.google.common.net.PercentEscaper;
import java.nio.charset.StandardCharsets;

/// The name of a model in answers, commands and files: `type__name__hardware__software-version`.
///
/// Different identities have different keys. What could be misread is percent-encoded: all but `A-Z
/// a-z 0-9 . _ -`, an underscore that would meet another one, and the dashes of the software. An
/// empty member reads `any`; one that is called `any` reads `%61ny`.
///
/// @param text the key
public record ModelKey(String text) {
  private static final String ANY = "any";
  private static final Escaper ESCAPER = new PercentEscaper("._-", false);
  private static final int MAX_FILE_NAME = 160;
  private static final int DIGEST_LENGTH = 24;

  /// The key of an identity.
  ///
  /// @throws IllegalArgumentException when a member is no well-formed Unicode text
  public static ModelKey of(ModelIdentity identity) {
    String software = member(identity.softwareName()).replace("-", "%2D");
    return new ModelKey(
        String.join(
            "__",
            member(identity.type()),
            member(identity.name()),
            member(identity.hardware()),
            software + "-" + member(identity.softwareVersion())));
  }

  private static String member(String value) {
    return switch (value) {
      case "" -> ANY;
      case ANY -> "%61ny";
      default -> separateUnderscores(ESCAPER.escape(value));
    };
  }

  /// Encodes the underscores at the ends and those after another one, so that two in a row always
  /// separate members.
  private static String separateUnderscores(String escaped) {
    StringBuilder text = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      boolean apart =
          i > 0
              && i < escaped.length() - 1
              && text.charAt(text.length() - 1) != '_'
              && escaped.charAt(i) == '_';
      if (escaped.charAt(i) == '_' && !apart) {
        text.append("%5F");
      } else {
        text.append(escaped.charAt(i));
      }
    }
    return text.toString();
  }

  /// The key as the name of a file or directory: without percent signs, which elsewhere are taken
  /// for encoded paths, and at most 185 characters long; a longer one ends in a digest.
  public String fileName() {
    String name = text.replace('%', '~');
    if (name.length() <= MAX_FILE_NAME) {
      return name;
    }
    String digest = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    return name.substring(0, MAX_FILE_NAME) + "~" + digest.substring(0, DIGEST_LENGTH);
  }

  @Override
  public String toString() {
    return text;
  }
}
