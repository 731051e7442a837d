package io.swarmpilot.taskinstance.backend.onnx.speech;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The pieces of text that tokens stand for, by their number.
///
/// @param pieces one text for each token, with "▁" for a space and `<0x0A>` for a single byte
record Vocabulary(List<String> pieces) {
  private static final Pattern CONSTANT =
      Pattern.compile("llama_vocab_base64\\s*=\\s*\"([A-Za-z0-9+/=]++)\"");
  private static final Pattern BYTE = Pattern.compile("<0x([0-9A-F]{2})>");
  private static final byte[] NOTHING = {};
  // Unknown, beginning, end: they mark, and say nothing.
  private static final int MARKS = 3;

  /// Copies the pieces.
  Vocabulary {
    pieces = List.copyOf(pieces);
  }

  /// Reads the script that carries the vocabulary as a constant, one piece a line, in base64.
  ///
  /// @throws IOException also when the script holds no such constant
  static Vocabulary read(Path script) throws IOException {
    Matcher constant = CONSTANT.matcher(Files.readString(script));
    if (!constant.find()) {
      throw new IOException(script + " holds no vocabulary");
    }
    byte[] text = Base64.getDecoder().decode(constant.group(1));
    return new Vocabulary(List.of(new String(text, StandardCharsets.UTF_8).split("\n", -1)));
  }

  /// The bytes of UTF-8 that a token stands for; none for a mark.
  byte[] bytes(int token) {
    if (token < MARKS || token >= pieces.size()) {
      return NOTHING;
    }
    String piece = pieces.get(token);
    Matcher single = BYTE.matcher(piece);
    return single.matches()
        ? HexFormat.of().parseHex(single.group(1))
        : piece.replace('▁', ' ').getBytes(StandardCharsets.UTF_8);
  }
}
