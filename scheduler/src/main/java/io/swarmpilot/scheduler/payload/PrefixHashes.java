package io.swarmpilot.scheduler.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.google.common.hash.Hashing;
import com.google.common.primitives.ImmutableLongArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads the hashes of a prompt's blocks as a caller gives them.
final class PrefixHashes {
  private static final int MOST_BLOCKS = 64;

  private PrefixHashes() {}

  /// The first 64 hashes of an array of integers and texts; empty when the value is anything else.
  /// Every hash stands for all of the prompt before it, so that the first ones of many are a
  /// shorter prefix.
  ///
  /// @param parser stands at the value, and afterwards at its end
  static Optional<ImmutableLongArray> read(JsonParser parser) throws IOException {
    if (!parser.hasToken(JsonToken.START_ARRAY)) {
      return Optional.empty();
    }
    ImmutableLongArray.Builder hashes = ImmutableLongArray.builder();
    boolean valid = true;
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!isHash(parser.currentToken())) {
        valid = false;
        parser.skipChildren();
      } else if (count++ < MOST_BLOCKS) {
        hashes.add(hash(parser));
      }
    }
    return valid ? Optional.of(hashes.build()) : Optional.empty();
  }

  private static boolean isHash(JsonToken token) {
    return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
  }

  /// Of an integer the low 64 bits, of a text its fingerprint.
  private static long hash(JsonParser parser) throws IOException {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      return Hashing.farmHashFingerprint64()
          .hashString(parser.getText(), StandardCharsets.UTF_8)
          .asLong();
    }
    return parser.getNumberType() == NumberType.BIG_INTEGER
        ? parser.getBigIntegerValue().longValue()
        : parser.getLongValue();
  }
}
