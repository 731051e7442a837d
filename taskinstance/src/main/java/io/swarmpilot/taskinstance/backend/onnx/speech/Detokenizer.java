package io.swarmpilot.taskinstance.backend.onnx.speech;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Puts the text of an answer together, token by token. A character whose bytes come in several
/// tokens is given out with the last of them.
final class Detokenizer {
  private static final int LONGEST_CHARACTER = 4;

  private final Vocabulary vocabulary;
  private final StringBuilder text = new StringBuilder();
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer pending = ByteBuffer.allocate(0);

  Detokenizer(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /// Adds a token; answers the text that is new by it, perhaps none.
  String add(int token) {
    byte[] bytes = vocabulary.bytes(token);
    ByteBuffer in = ByteBuffer.allocate(pending.remaining() + bytes.length);
    in.put(pending).put(bytes).flip();
    String piece = decode(in, false);
    pending = in;
    return append(piece);
  }

  /// Ends the text; answers what is new by that: a mark for a character that stayed incomplete.
  String end() {
    String piece = decode(pending, true);
    return append(piece);
  }

  /// All of the text so far.
  String text() {
    return text.toString();
  }

  private String decode(ByteBuffer in, boolean end) {
    CharBuffer out = CharBuffer.allocate(in.remaining() + LONGEST_CHARACTER);
    decoder.decode(in, out, end);
    if (end) {
      decoder.flush(out);
    }
    return out.flip().toString();
  }

  /// The first word is marked as if one came before it.
  private String append(String piece) {
    String added = text.isEmpty() ? piece.stripLeading() : piece;
    text.append(added);
    return added;
  }
}
