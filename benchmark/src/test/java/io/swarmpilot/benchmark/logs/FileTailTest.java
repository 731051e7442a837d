package io.swarmpilot.benchmark.logs;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Following a file: whatever happens to it, its lines come once and whole.
class FileTailTest {
  @TempDir private Path directory;

  private final List<String> lines = new ArrayList<>();
  private Path file = Path.of("");
  private FileTail tail = new FileTail(file);

  @BeforeEach
  void follow() {
    file = directory.resolve("some.log");
    tail = new FileTail(file);
  }

  @AfterEach
  void close() throws IOException {
    tail.close();
  }

  @Test
  void aFileThatComesLaterIsReadFromItsBeginning() throws IOException {
    tail.poll(lines::add);
    append("one\ntwo\n");
    tail.poll(lines::add);
    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void aLineWithoutItsEndWaitsForItAndComesAtTheEndOfAll() throws IOException {
    append("one\ntw");
    tail.poll(lines::add);
    assertThat(lines).containsExactly("one");
    append("o\nthr");
    tail.poll(lines::add);
    assertThat(lines).containsExactly("one", "two");
    append("ee");
    tail.finish(lines::add);
    assertThat(lines).containsExactly("one", "two", "three");
  }

  @Test
  void whatIsWrittenInAnyPiecesIsReadAsItWas() throws IOException {
    Random random = new Random(7);
    String text = "größe 漢字 🙂\r\n\nsecond\n\n\nthird ".repeat(400) + "\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; ) {
      int to = Math.min(bytes.length, from + 1 + random.nextInt(97));
      Files.write(file, Arrays.copyOfRange(bytes, from, to), CREATE, APPEND);
      tail.poll(lines::add);
      from = to;
    }
    tail.finish(lines::add);
    assertThat(lines).isEqualTo(text.lines().toList());
  }

  @Test
  void aTruncatedFileIsReadAnew() throws IOException {
    append("a long first line\n");
    tail.poll(lines::add);
    Files.writeString(file, "new\n", TRUNCATE_EXISTING);
    tail.poll(lines::add);
    assertThat(lines).containsExactly("a long first line", "new");
  }

  @Test
  void aFileThatWasTruncatedAndGrewLongerInBetweenIsReadAnew() throws IOException {
    append("old\n");
    tail.poll(lines::add);
    Files.writeString(file, "new and longer\nthan before\n", TRUNCATE_EXISTING);
    tail.poll(lines::add);
    assertThat(lines).containsExactly("old", "new and longer", "than before");
  }

  @Test
  void aRotatedFileIsReadToItsEndAndThenTheOneThatReplacesIt() throws IOException {
    append("one\n");
    tail.poll(lines::add);
    append("two\nhalf");
    Files.move(file, directory.resolve("some.log.1"));
    append("three\n");
    tail.poll(lines::add);
    assertThat(lines).containsExactly("one", "two", "half", "three");
  }

  @Test
  void aMovedFileIsFollowedUntilItIsReplaced() throws IOException {
    append("one\n");
    tail.poll(lines::add);
    Path moved = Files.move(file, directory.resolve("some.log.1"));
    Files.writeString(moved, "two\n", APPEND);
    tail.poll(lines::add);
    assertThat(lines).containsExactly("one", "two");
  }

  @Test
  void aLineWithoutEndIsCutAtItsBoundAndNothingOfItIsLost() throws IOException {
    append("x".repeat(FileTail.MAX_LINE_BYTES) + "rest\n");
    tail.poll(lines::add);
    assertThat(lines).extracting(String::length).containsExactly(FileTail.MAX_LINE_BYTES, 4);
  }

  @Test
  void manyLinesAreAllRead() throws IOException {
    List<String> written = IntStream.range(0, 200_000).mapToObj(n -> "line " + n).toList();
    append(String.join("\n", written.subList(0, 70_000)) + "\n");
    tail.poll(lines::add);
    append(String.join("\n", written.subList(70_000, 200_000)) + "\n");
    tail.finish(lines::add);
    assertThat(lines).isEqualTo(written);
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, CREATE, APPEND);
  }
}
