package io.swarmpilot.taskinstance.backend.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private static final String[] PIECES = {
    "\r", "\n", "\r\n", "\n\n", "a", "ü", "🌍", "data: {}", ""
  };

  @Test
  void findsTheLinesOfAnyTextHoweverItIsCut() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);

      assertThat(split(bytes, random))
          .as("lines of %s", Arrays.toString(bytes))
          .isEqualTo(List.of(text.toString().split("\r\n|\r|\n", -1)));
    }
  }

  /// Every line and what follows the last one.
  private static List<String> split(byte[] bytes, SplittableRandom random) {
    LineSplitter splitter = new LineSplitter();
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < bytes.length) {
      int to = from + 1 + random.nextInt(bytes.length - from);
      byte[] piece = Arrays.copyOfRange(bytes, from, to);
      lines.addAll(splitter.split(piece, piece.length));
      from = to;
    }
    lines.add(splitter.rest());
    return lines;
  }
}
