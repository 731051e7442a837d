package io.swarmpilot.benchmark.simulate.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.trace.TraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Traces in every form, and those that make no sense.
final class TraceReaderTest {
  private static final String AZURE = "TIMESTAMP,ContextTokens,GeneratedTokens\n";

  @TempDir private Path directory = Path.of("");

  @Test
  void readsAzure() throws IOException {
    Trace trace =
        read(
            AZURE
                + "2023-11-16 18:15:46.6805900,374,44\n"
                + "2023-11-16 18:15:50.9951690,396,109\n");
    assertThat(trace.size()).isEqualTo(2);
    assertThat(trace.arrivalNanos(1) - trace.arrivalNanos(0)).isEqualTo(4_314_579_000L);
    assertThat(trace.inputTokens(0)).isEqualTo(374);
    assertThat(trace.outputTokens(1)).isEqualTo(109);
    assertThat(trace.hasBlocks()).isFalse();
  }

  @Test
  void readsDatesWithAZone() throws IOException {
    Trace trace =
        read(
            AZURE
                + "2024-05-10 00:00:00.009930+00:00,1,1\n"
                + "2024-05-10 02:00:01.009930+02:00,1,1\n");
    assertThat(trace.arrivalNanos(1) - trace.arrivalNanos(0)).isEqualTo(1_000_000_000L);
  }

  @Test
  void readsMooncake() throws IOException {
    Trace trace =
        read(
            "{\"timestamp\": 27, \"input_length\": 700, \"output_length\": 5, \"hash_ids\": [0, 9]}\n"
                + "{\"timestamp\": 30, \"input_length\": 7, \"output_length\": 6, \"hash_ids\": [4],"
                + " \"other\": {\"a\": [1]}}\n");
    assertThat(trace.arrivalNanos(0)).isEqualTo(27_000_000L);
    assertThat(trace.blocks(0)).isEqualTo(ImmutableLongArray.of(0, 9));
    assertThat(trace.blocks(1)).isEqualTo(ImmutableLongArray.of(4));
  }

  @Test
  void readsOursInAnyOrderOfColumnsAndGzipped() throws IOException {
    Path file = directory.resolve("trace.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          "output_tokens,note,arrival_ms,input_tokens\n3,a,0.5,2\n\n4,b,1.5,3\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    Trace trace = TraceReader.read(file);
    assertThat(trace.size()).isEqualTo(2);
    assertThat(trace.arrivalNanos(1)).isEqualTo(1_500_000L);
    assertThat(trace.inputTokens(1)).isEqualTo(3);
    assertThat(trace.outputTokens(1)).isEqualTo(4);
  }

  @Test
  void mergesByTime() throws IOException {
    Trace first = read("arrival_s,input_tokens,output_tokens\n10,1,1\n12,2,2\n");
    Trace second = read("arrival_s,input_tokens,output_tokens\n100,3,3\n101,4,4\n103,5,5\n");
    Trace merged = Trace.merged(List.of(first, second));
    assertThat(merged.size()).isEqualTo(5);
    assertThat(List.of(0, 1, 2, 3, 4).stream().map(merged::inputTokens).toList())
        .containsExactly(1, 3, 4, 2, 5);
    assertThat(List.of(0, 1, 2, 3, 4).stream().map(merged::source).toList())
        .containsExactly(0, 1, 1, 0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it is empty",
        "TIMESTAMP,ContextTokens | row 1: there is no column of output tokens",
        "'arrival_ms,input_tokens,output_tokens' | there are no requests",
        "'arrival_ms,input_tokens,output_tokens;5,1,1;4,1,1' | row 3: it arrived before the row above",
        "'arrival_ms,input_tokens,output_tokens;-5,1,1' | row 2: it arrived at -5, which is negative",
        "'arrival_ms,input_tokens,output_tokens;5,0,1' | row 2: the input has 0 tokens",
        "'arrival_ms,input_tokens,output_tokens;5,1,0' | row 2: the output has 0 tokens",
        "'arrival_ms,input_tokens,output_tokens;5,1' | row 2: it has 2 columns, the header has 3",
        "'arrival_ms,input_tokens,output_tokens;5,1.5,1' | row 2: 1.5 input tokens is not a whole",
        "'arrival_ms,input_tokens,output_tokens;NaN,1,1' | row 2: the time of arrival is 'NaN'",
        "'arrival_ms,input_tokens,output_tokens;x,1,1' | row 2: the time of arrival is 'x'",
        "'arrival_ms,input_tokens,output_tokens;1e300,1,1' | row 2: it arrived at 1e300",
        "'arrival_ms,input_tokens,output_tokens;2023-99-99 00:00:00,1,1' | row 2: '2023-99-99",
        "'arrival_ms,input_tokens,output_tokens;5,99999999,1' | row 2: more than 10,000,000 tokens",
        "'{\"timestamp\": 1}' | row 1: there is no input_length",
        "'{\"timestamp\": -1, \"input_length\": 1, \"output_length\": 1}' | row 1: it arrived at -1",
        "'{\"timestamp\": \"a\"}' | row 1: timestamp is no number",
        "'{\"hash_ids\": 3}' | row 1: hash_ids is no array",
        "'{\"timestamp\": 1' | row 1:",
        "'{]' | row 1: it is no valid JSON",
      })
  void saysWhatIsWrongAndWhere(String rows, String expected) {
    assertThatThrownBy(() -> read(rows.replace(";", "\n")))
        .isInstanceOf(TraceException.class)
        .hasMessageContaining("trace")
        .hasMessageContaining(expected);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> TraceReader.read(directory.resolve("none.csv")))
        .hasMessageContaining("none.csv: cannot be read: there is no such file");
    assertThatThrownBy(() -> LatencyReader.read(directory.resolve("none.csv")))
        .hasMessageContaining("none.csv: cannot be read: there is no such file");
  }

  @Test
  void latenciesSayWhatIsWrongAndWhere() throws IOException {
    Path file = directory.resolve("latencies.csv");
    Files.writeString(file, "model,hardware,prompt_size,batch_size,prompt_time\nm,h,512,1,3\n");
    assertThatThrownBy(() -> LatencyReader.read(file))
        .hasMessageContaining("latencies.csv, row 1: there is no column token_time");
    Files.writeString(
        file, "model,hardware,prompt_size,batch_size,prompt_time,token_time\nm,h,512,1,3,-2\n");
    assertThatThrownBy(() -> LatencyReader.read(file))
        .hasMessageContaining("latencies.csv, row 2: token_time is '-2'");
  }

  @Test
  void latenciesAreTheMedianOfTheGreatestParallelismUnlessSaid() throws IOException {
    Path file = directory.resolve("latencies.csv");
    Files.writeString(
        file,
        """
        model,hardware,prompt_size,batch_size,prompt_time,token_time,tensor_parallel
        m,h100-80gb,512,1,30,3,8
        m,h100-80gb,512,1,10,1,8
        m,h100-80gb,512,1,20,2,8
        m,h100-80gb,1024,1,40,2,8
        m,h100-80gb,512,1,100,50,2
        m,h100-80gb-pcap,512,1,7,7,8
        """);
    assertThat(LatencyReader.read(file).of("m", "h100").aloneMs(768, 10)).isEqualTo(50);
    assertThat(LatencyReader.read(file).of("m", "h100-tp2").aloneMs(512, 1)).isEqualTo(150);
    assertThat(LatencyReader.read(file).of("m", "h100-80gb-pcap").aloneMs(512, 1)).isEqualTo(14);
    // Beyond what was measured: the last rate, a little slower for attention.
    assertThat(LatencyReader.read(file).of("m", "h100").promptMs(2_048)).isBetween(80.0, 82.0);
  }

  private Trace read(String text) throws IOException {
    Path file = directory.resolve("trace");
    Files.writeString(file, text);
    return TraceReader.read(file);
  }
}
