package io.swarmpilot.predictor.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.ModelKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionHistoryTest {
  private static final ModelIdentity A100 = new ModelIdentity("m", "", "A100", "vllm", "1");
  private static final ModelIdentity H100 = new ModelIdentity("m/..", "ü", "H100", "", "");
  private static final long PLENTY = 256L << 20;

  @TempDir Path directory;

  @Test
  void whatIsKeptIsThereAfterARestart() throws IOException {
    ExecutionHistory history = open();
    List<PastExecution> expected = keep(history, A100, 0, 4_500);
    keep(history, H100, 0, 3);

    assertThat(history.latest(A100, 100_000)).isEqualTo(expected);
    assertThat(history.latest(A100, 2_100)).isEqualTo(expected.subList(2_400, 4_500));
    ExecutionHistory restarted = open();
    assertThat(restarted.identities()).containsExactlyInAnyOrder(A100, H100);
    assertThat(restarted.count(A100)).isEqualTo(4_500);
    assertThat(restarted.latest(A100, 100_000)).isEqualTo(expected);
  }

  @Test
  void aTornTailCostsOnlyWhatWasTorn() throws IOException {
    List<PastExecution> kept = keep(open(), A100, 0, 3);
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    int record = (whole.length - firstRecord(whole)) / 3;
    for (int cut = firstRecord(whole); cut < whole.length; cut++) {
      Files.write(segment, Arrays.copyOf(whole, cut));
      int left = (cut - firstRecord(whole)) / record;
      ExecutionHistory history = open();
      assertThat(history.latest(A100, 10)).as("cut at %s", cut).isEqualTo(kept.subList(0, left));
      List<PastExecution> expected = new ArrayList<>(kept.subList(0, left));
      expected.addAll(keep(history, A100, 50, 2));
      assertThat(open().latest(A100, 10)).as("cut at %s", cut).isEqualTo(expected);
    }
  }

  @Test
  void anyFlippedByteEndsWhatIsBelieved() throws IOException {
    List<PastExecution> kept = keep(open(), A100, 0, 3);
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(segment, flipped);
      List<PastExecution> read = open().latest(A100, 10);
      assertThat(read).as("flipped at %s", at).isEqualTo(kept.subList(0, read.size()));
      assertThat(read).hasSizeLessThan(3);
      Files.write(segment, whole);
    }
  }

  @Test
  void theOldestGoBeyondTheWindow() throws IOException {
    ExecutionHistory history = open();
    List<PastExecution> all = keep(history, A100, 0, 23_000);

    assertThat(history.count(A100)).isBetween(20_000, 22_000);
    assertThat(history.latest(A100, ExecutionHistory.WINDOW)).isEqualTo(all.subList(3_000, 23_000));
    assertThat(segments()).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void theOldestOfTheLeastUsedKeyGoBeyondTheBytes() throws IOException {
    ExecutionHistory history = new ExecutionHistory(directory, 200_000, 10, Runnable::run);
    keep(history, H100, 0, 4_000);
    keep(history, A100, 0, 2_000);

    assertThat(bytes()).isLessThanOrEqualTo(200_000);
    assertThat(history.count(A100)).isEqualTo(2_000);
    assertThat(history.count(H100)).isLessThan(4_000);
  }

  @Test
  void theLeastUsedKeyGoesBeyondTheKeys() throws IOException {
    ExecutionHistory history = new ExecutionHistory(directory, PLENTY, 2, Runnable::run);
    keep(history, H100, 0, 5);
    keep(history, A100, 0, 5);
    keep(history, ModelIdentity.ofType("third"), 0, 5);

    assertThat(history.identities()).containsExactly(A100, ModelIdentity.ofType("third"));
    assertThat(segments()).hasSize(2);
  }

  @Test
  void whatTheQueueCannotTakeIsCounted() {
    List<Runnable> never = new ArrayList<>();
    ExecutionHistory history = new ExecutionHistory(directory, PLENTY, 10, never::add);
    for (int i = 0; i < 65_536 + 7; i++) {
      history.append(A100, execution(i));
    }
    assertThat(never).as("asked to write only once").hasSize(1);
    assertThat(history.dropped()).isEqualTo(7);
  }

  @Test
  void aRecordThatIsTooLongIsDroppedAndTheOthersAreKept() throws IOException {
    ExecutionHistory history = open();
    history.append(A100, new PastExecution(Features.NONE, 1, "x".repeat(70_000), 1));
    history.append(
        A100,
        new PastExecution(new Features(ImmutableSortedMap.of("y".repeat(65_535), 1.0)), 1, "i", 1));
    List<PastExecution> kept = keep(history, A100, 0, 2);

    assertThat(history.dropped()).isEqualTo(2);
    assertThat(open().latest(A100, 10)).isEqualTo(kept);
  }

  @Test
  void aDirectoryThatCannotBeUsedCostsTheHistoryOnly() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "where a directory must be");
    ExecutionHistory history = new ExecutionHistory(file, PLENTY, 10, Runnable::run);
    keep(history, A100, 0, 3);

    assertThat(history.dropped()).isEqualTo(3);
    assertThat(history.identities()).isEmpty();
  }

  @Test
  void whatIsNotOfThisFormatIsLeftAlone() throws IOException {
    keep(open(), A100, 0, 3);
    Path newer = directory.resolve(ModelKey.of(A100).fileName()).resolve("00000002.log");
    Files.writeString(newer, "SPEXEC02 of a version to come");
    ExecutionHistory history = open();

    assertThat(history.count(A100)).isEqualTo(3);
    keep(history, A100, 3, 5_000);
    assertThat(newer).hasContent("SPEXEC02 of a version to come");
  }

  private ExecutionHistory open() {
    return new ExecutionHistory(directory, PLENTY, 10, Runnable::run);
  }

  private static List<PastExecution> keep(
      ExecutionHistory history, ModelIdentity identity, int from, int count) {
    List<PastExecution> kept = new ArrayList<>();
    for (int i = from; i < from + count; i++) {
      kept.add(execution(i));
    }
    kept.forEach(execution -> history.append(identity, execution));
    return kept;
  }

  private static PastExecution execution(int i) {
    Features features =
        new Features(ImmutableSortedMap.of("input_tokens", (double) i, "batch_size", -1.5));
    return new PastExecution(features, 1 + i, "ti-7", 1_700_000_000.25 + i);
  }

  private static int firstRecord(byte[] segment) {
    int head = 8;
    return head + 8 + (segment[head + 2] & 0xff) * 256 + (segment[head + 3] & 0xff);
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found.filter(Files::isRegularFile).toList();
    }
  }

  private long bytes() throws IOException {
    return segments().stream().mapToLong(ExecutionHistoryTest::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
