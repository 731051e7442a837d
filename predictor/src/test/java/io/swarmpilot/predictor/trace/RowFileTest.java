package io.swarmpilot.predictor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFileTest {
  private final List<Trace> rows = new ArrayList<>();
  private final Faults faults = new Faults();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"tokens\": 7, \"batch\": 2, \"runtime_ms\": 1.5, \"ti_uuid\": \"i-1\"},"
            + "{\"tokens\": 9, \"runtime_ms\": 2, \"note\": \"x\"}]",
        "\ufeff{\"input_feature\": {\"tokens\": 7, \"batch\": 2}, \"runtime_ms\": 1.5,"
            + " \"instance_id\": \"i-1\"}\n\n{\"tokens\": 9, \"runtime_ms\": 2}\n",
        "{\"input_feature\": [{\"param_name\": \"tokens\", \"val\": 7},"
            + "{\"param_name\": \"batch\", \"val\": 2}], \"ti_uuid\": \"i-1\", \"runtime_ms\": 1.5}"
            + "{\"tokens\": 9, \"runtime_ms\": 2, \"batch\": null}",
        "\ufefftokens, batch ,note,runtime_ms,ti_uuid\n7,2,,1.5,i-1\r\n\n9,NA,x,2,\n",
      })
  void readsTheSameFromEveryForm(String text) throws TraceException, IOException {
    read(text.getBytes(StandardCharsets.UTF_8));
    read(gzip(text.getBytes(StandardCharsets.UTF_8)));

    assertThat(faults.message()).isEmpty();
    List<Trace> once =
        List.of(
            new Trace(
                Map.of(),
                new Features(ImmutableSortedMap.of("batch", 2.0, "tokens", 7.0)),
                new Outcome(Map.of("runtime_ms", 1.5), "i-1")),
            new Trace(
                Map.of(),
                new Features(ImmutableSortedMap.of("tokens", 9.0)),
                new Outcome(Map.of("runtime_ms", 2.0), "")));
    assertThat(rows.subList(0, 2)).isEqualTo(once);
    assertThat(rows.subList(2, 4)).isEqualTo(once);
  }

  @Test
  void namesTheRowAndFieldOfEveryFaultUpToTen() throws TraceException {
    read(
        """
        [{"a": 1}, 5, {"a": NaN, "b": {"c": [1, 2]}}, [{"a": 1}], {"input_feature": [{"val": 1}]},
         {"hardware": {"name": "A100"}}, {"a": 2}]\
        """);

    assertThat(faults.message())
        .isEqualTo(
            "file[1]: must be a JSON object; file[2].a: must be a finite number;"
                + " file[3]: must be a JSON object;"
                + " file[4].input_feature[0].param_name: Field required;"
                + " file[5].hardware: must be a text");
    assertThat(rows).hasSize(2);
  }

  @Test
  void stopsWhenEnoughIsWrong() throws TraceException {
    read("[" + "5,".repeat(1_000_000) + "5]");
    assertThat(faults.isFull()).isTrue();
    assertThat(faults.message()).endsWith("; file[9]: must be a JSON object");
  }

  @Test
  void namesTheFaultsOfCsv() throws TraceException {
    read("a,b,runtime_ms\n1,2,3\nx,2,3\n1,Infinity,3\n1,2\n1,,soon\n");

    assertThat(faults.message())
        .isEqualTo(
            "file[1].a: must be a number; file[2].b: must be a finite number;"
                + " file[3]: has 2 cells and should have 3");
    assertThat(rows)
        .last()
        .satisfies(row -> assertThat(row.outcome().times().get("runtime_ms")).isNaN());
  }

  @Test
  void refusesRowsOfTooManyNumbers() throws TraceException {
    StringBuilder row = new StringBuilder("{\"f0\": 0");
    for (int i = 1; i < 1_000_000; i++) {
      row.append(",\"f").append(i).append("\":").append(i);
    }
    read("[" + row + "}, {\"a\": 1}]");

    assertThat(faults.message()).isEqualTo("file[0]: must hold at most 64 numbers");
    assertThat(rows).hasSize(1);
  }

  @Test
  void refusesTooManyRows() {
    assertRefused("{}".repeat(SampleLimits.ROWS + 1), "file: must have at most 200000 rows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t ", "\ufeff"})
  void refusesAnEmptyFile(String text) {
    assertRefused(text, "file: is empty");
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    assertRefused("[{\"a\": 1},\n{\"a\": 2", "file: is malformed at line 2");
    assertRefused("[{\"a\": 1}] {}", "file: has something after the array of rows");
    assertRefused("a,a\n1,2\n", "file: has two columns a");
    byte[] gzip = gzip("[{\"a\": 1}]".repeat(1_000).getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(gzip, 12);
    assertThatExceptionOfType(TraceException.class)
        .isThrownBy(() -> read(cut))
        .withMessage("is damaged");
  }

  @Test
  void refusesABombBeforeItGoesOff() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bomb)) {
      byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
      out.write('[');
      for (int i = 0; i <= SampleLimits.PLAIN_BYTES >> 20; i++) {
        out.write(blanks);
      }
    }
    assertThatExceptionOfType(TraceException.class)
        .isThrownBy(() -> read(bomb.toByteArray()))
        .withMessage("must have at most 256 MiB when decompressed");
  }

  private void assertRefused(String text, String message) {
    assertThatExceptionOfType(TraceException.class)
        .isThrownBy(() -> read(text))
        .satisfies(e -> assertThat(e.field() + ": " + e.message()).isEqualTo(message));
  }

  private void read(String text) throws TraceException {
    read(text.getBytes(StandardCharsets.UTF_8));
  }

  private void read(byte[] bytes) throws TraceException {
    RowFile.read(new ByteArrayInputStream(bytes), "file", (row, path) -> rows.add(row), faults);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
