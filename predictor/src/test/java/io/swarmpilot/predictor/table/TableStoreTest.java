package io.swarmpilot.predictor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class TableStoreTest {
  private static final TableLimits LIMITS = new TableLimits(3, 1 << 20, 1_000);

  @TempDir Path directory;
  private TableStore store;
  private int writes;

  @BeforeEach
  void open() {
    store = new TableStore(directory, Optional.empty(), LIMITS);
  }

  @Test
  void eachNameHasItsOwnContent() throws Exception {
    write("a.json", table("m", 1));
    write("b.json", table("m", 2));

    assertThat(median("a.json")).isEqualTo(1);
    assertThat(median("b.json")).isEqualTo(2);
    assertThat(refusal("c.json")).isEqualTo("Lookup table not found: c.json");
  }

  @Test
  void readsAFileAgainOnlyWhenItHasChanged() throws Exception {
    write("a.json", table("m", 1));
    LookupTable first = store.named("a.json");

    assertThat(store.named("a.json")).isSameAs(first);
    write("a.json", table("m", 2));
    assertThat(median("a.json")).isEqualTo(2);
  }

  @Test
  void noticesAFileReplacedByOneOfTheSameSizeAndTime() throws Exception {
    FileTime time = FileTime.fromMillis(1_700_000_000_000L);
    write("a.json", table("m", 1));
    Files.setLastModifiedTime(directory.resolve("a.json"), time);
    assertThat(median("a.json")).isEqualTo(1);

    Path next = Files.writeString(directory.resolve("next"), table("m", 2));
    Files.setLastModifiedTime(next, time);
    Files.move(next, directory.resolve("a.json"), StandardCopyOption.REPLACE_EXISTING);

    assertThat(median("a.json")).isEqualTo(2);
  }

  @Test
  void keepsTheOldContentWhileTheNewOneIsUnreadable() throws Exception {
    write("a.json", table("m", 1));
    assertThat(median("a.json")).isEqualTo(1);

    write("a.json", "[{\"status\": ");
    assertThat(median("a.json")).isEqualTo(1);
    assertThat(median("a.json")).isEqualTo(1);

    write("a.json", table("m", 3));
    assertThat(median("a.json")).isEqualTo(3);
  }

  @Test
  void saysEveryTimeWhyATableCannotBeRead() throws Exception {
    write("a.json", "[1, ");

    String first = refusal("a.json");
    assertThat(first).startsWith("Lookup table a.json cannot be read: ");
    assertThat(refusal("a.json")).isEqualTo(first);

    write("a.json", table("m", 5));
    assertThat(median("a.json")).isEqualTo(5);
  }

  @Test
  void aDeletedTableIsGone() throws Exception {
    write("a.json", table("m", 1));
    assertThat(median("a.json")).isEqualTo(1);
    Files.delete(directory.resolve("a.json"));

    assertThat(refusal("a.json")).isEqualTo("Lookup table not found: a.json");
    assertThat(store.models()).isEmpty();
  }

  @Test
  void forgetsTheLeastRecentlyUsedBeyondTheBoundAndReadsItAgain() throws Exception {
    for (int i = 0; i < 10; i++) {
      write(i + ".json", table("m", i));
    }
    LookupTable first = store.named("0.json");
    LookupTable second = store.named("1.json");
    store.named("2.json");
    assertThat(store.named("0.json")).isSameAs(first);
    store.named("3.json");

    assertThat(store.named("0.json")).isSameAs(first);
    assertThat(store.named("1.json")).isNotSameAs(second);
    for (int i = 0; i < 10; i++) {
      assertThat(median(i + ".json")).isEqualTo(i);
    }
  }

  @Test
  void boundsTheRecordsInMemoryOverAllTables() throws Exception {
    write("a.json", table("m", 1, 600));
    write("b.json", table("m", 2, 600));
    LookupTable a = store.named("a.json");
    store.named("b.json");

    assertThat(store.named("a.json")).isNotSameAs(a);
    assertThat(store.models()).extracting(count -> count.count()).containsExactly(600L, 600L);
  }

  @Test
  void theDefaultTableMayComeLater() throws Exception {
    Path file = directory.resolve("default.json");
    store = new TableStore(directory, Optional.of(file), LIMITS);

    assertThat(store.defaultIfLoaded()).isEmpty();
    assertThat(catchThrowableOfType(TableException.class, store::byDefault).message())
        .startsWith("No default lookup table is loaded");
    write("default.json", "broken");
    assertThat(store.defaultIfLoaded()).isEmpty();
    assertThat(catchThrowableOfType(TableException.class, store::byDefault).message())
        .contains("default.json cannot be read");
    write("default.json", table("m", 1));
    assertThat(store.defaultIfLoaded()).isPresent();
  }

  @Test
  void listsReadableTablesOnly() throws Exception {
    write("a.json", table("m", 1));
    write("b.json", "broken");
    write("c.csv", "model_type,hardware,p50\nn,cpu,5\nn,cpu,6\nn,gpu,7\n");

    assertThat(store.models())
        .extracting(count ->
            count.identity().type() + "/" + count.identity().hardware() + "/" + count.count())
        .containsExactly("m//1", "n/cpu/2", "n/gpu/1");
  }

  @Test
  void manyReadersGetOneReadingOfATable() throws Exception {
    write("a.json", table("m", 1, 900));
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<LookupTable> reading = () -> store.named("a.json");
      List<Future<LookupTable>> tables =
          threads.invokeAll(Collections.nCopies(64, reading), 10, TimeUnit.SECONDS);
      LookupTable one = tables.getFirst().get();
      for (Future<LookupTable> table : tables) {
        assertThat(table.get()).isSameAs(one);
      }
    }
  }

  /// Writes a file with a time of its own, however fast the test and coarse the file system.
  private void write(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1_000L * writes++));
  }

  private double median(String name) throws TableException {
    Query query = new Query(ModelIdentity.ofType("m"), Features.NONE);
    return store
        .named(name)
        .predict(query, new SplittableRandom(1))
        .map(Prediction::mean)
        .orElseThrow();
  }

  private String refusal(String name) {
    return catchThrowableOfType(TableException.class, () -> store.named(name)).message();
  }

  private static String table(String type, int value) {
    return table(type, value, 1);
  }

  private static String table(String type, int value, int records) {
    String record =
        """
        {"status": "success", "model_type": "%s", "quantiles": [0.5], "quantile_predictions": [%d]}
        """
            .formatted(type, value);
    return "[" + String.join(",", Collections.nCopies(records, record)) + "]";
  }
}
