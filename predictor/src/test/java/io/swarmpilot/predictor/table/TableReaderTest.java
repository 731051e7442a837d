package io.swarmpilot.predictor.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableSortedMap;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.ModelIdentity;
import io.swarmpilot.predictor.model.Prediction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableReaderTest {
  private static final TableLimits LIMITS = new TableLimits(64, 1 << 20, 1_000);
  private static final ModelIdentity ASKED =
      new ModelIdentity("gpt-3.5-turbo", "", "A100", "vllm", "");

  @TempDir Path directory;

  @Test
  void readsARecordWithoutStoredMoments() throws TableException, IOException {
    Prediction prediction = only(sample("five-quantiles.json"), ASKED);

    assertThat(prediction.mean()).isCloseTo(1381.25, within(1e-9));
    assertThat(prediction.standardDeviation()).isCloseTo(405.05, within(0.005));
    assertThat(prediction.distribution().size()).isEqualTo(5);
  }

  @Test
  void storedMomentsWin() throws TableException, IOException {
    Prediction prediction = only(sample("predictions.json"), ASKED);

    assertThat(prediction.mean()).isEqualTo(150);
    assertThat(prediction.standardDeviation()).isEqualTo(25);
    assertThat(prediction.distribution().mean()).isCloseTo(189, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.json.gz", "t.json", "t"})
  void readsGzipWhateverTheName(String name) throws TableException, IOException {
    Path file = directory.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(sample("predictions.json").getBytes(UTF_8));
    }

    assertThat(new TableReader(LIMITS).read(file).size()).isEqualTo(1);
  }

  @Test
  void readsFeaturesOfJsonRecords() throws TableException, IOException {
    String record =
        """
        {"status": "success", "model_type": "m", "quantiles": [0.5], "quantile_predictions": [%d],
         %s}
        """;
    LookupTable table =
        read(
            "["
                + record.formatted(10, "\"features\": {\"n\": 10}")
                + ","
                + record.formatted(100, "\"trace\": {\"n\": 100}")
                + ","
                + record.formatted(
                    1_000, "\"input_feature\": [{\"param_name\": \"n\", \"val\": 1000}]")
                + "]");

    for (double n : new double[] {10, 100, 1_000}) {
      assertThat(predict(table, "m", Map.of("n", n)).mean()).isEqualTo(n);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "input_tokens,output_tokens,0.1,0.25,0.5,0.75,0.9,expect,error",
        "input_tokens,output_tokens,q0.1,q0.25,q0.5,q0.75,q0.9,expect,error",
        "input_tokens,output_tokens,p10,p25,p50,p75,p90,expect,error",
        "input_tokens,output_tokens,quantile_0.1,quantile_0.25,quantile_0.5,quantile_0.75,"
            + "quantile_0.9,expect,error",
        "\"input_tokens\" , output_tokens, 10%, 25%, 50%, 75%, 90%, expect, error",
      })
  void readsCsvWithAColumnPerQuantile(String header) throws TableException, IOException {
    LookupTable table = read(header + "\n10,20,1,2,3,4,5,3.3,0.5\r\n1000,20,10,20,30,40,50,,\n");

    Prediction small = predict(table, "any", Map.of("input_tokens", 11.0));
    Prediction large = predict(table, "any", Map.of("input_tokens", 900.0));
    assertThat(small.mean()).isEqualTo(3.3);
    assertThat(small.standardDeviation()).isEqualTo(0.5);
    assertThat(small.distribution().quantile(0.25)).isEqualTo(2);
    assertThat(large.mean()).isCloseTo(large.distribution().mean(), within(1e-12));
    assertThat(large.distribution().quantile(0.9)).isEqualTo(50);
  }

  @Test
  void readsCsvWithArraysAndIdentity() throws TableException, IOException {
    LookupTable table =
        read(
            """
            model_type,hardware,software_name,software_version,n,quantiles,quantile_predictions,expect,error
            m,A100,vllm,0.1.0,5,"[0.1, 0.9]","[10, 20]",15,4
            m,H100,vllm,0.1.0,5,"[0.1, 0.9]","[1, 2]",1.5,0.4
            """);

    Query query = new Query(new ModelIdentity("m", "", "H100", "", ""), Features.NONE);
    assertThat(table.predict(query, new SplittableRandom(1)).orElseThrow().mean()).isEqualTo(1.5);
    assertThat(table.size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[null]", "[\"\"0.5\"\"]", "7", "{}", "[0.5", "", "[]"})
  void passesOverRowsWhoseArraysAreNone(String cell) throws TableException, IOException {
    LookupTable table =
        read("model_type,quantiles,quantile_predictions\nm,\"" + cell + "\",\"[1]\"\n");

    assertThat(table.skipped()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"status\": \"failed\", \"model_type\": \"m\", \"quantiles\": [0.5], \"quantile_predictions\": [1]`",
        "`\"model_type\": \"m\", \"quantiles\": [0.5], \"quantile_predictions\": [1]`",
        "`\"status\": \"success\", \"quantiles\": [0.5], \"quantile_predictions\": [1]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.5]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantile_predictions\": [1]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": null, \"quantile_predictions\": null`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.5, 0.6], \"quantile_predictions\": [1]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.9, 0.1], \"quantile_predictions\": [1, 2]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.1, 0.9], \"quantile_predictions\": [2, 1]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.5], \"quantile_predictions\": [-1]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.5], \"quantile_predictions\": [1e999]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [\"0.5\"], \"quantile_predictions\": [1]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [1.5], \"quantile_predictions\": [1]`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.5], \"quantile_predictions\": [1], \"error\": -1`",
        "`\"status\": \"success\", \"model_type\": \"m\", \"quantiles\": [0.5], \"quantile_predictions\": [1], \"expect\": \"x\"`",
      })
  void passesOverMalformedRecords(String members) throws TableException, IOException {
    String good =
        """
        {"status": "success", "model_type": "m", "quantiles": [0.5], "quantile_predictions": [7]}
        """;
    LookupTable table = read("[{" + members + "}, 3, null, " + good + "]");

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.skipped()).isEqualTo(3);
    assertThat(predict(table, "m", Map.of()).mean()).isEqualTo(7);
  }

  @Test
  void theOrderOfQuantileColumnsDoesNotMatter() throws TableException, IOException {
    LookupTable table = read("p90,n,p10,p50\n30,1,10,20\n");

    Prediction prediction = predict(table, "m", Map.of("n", 1.0));
    assertThat(prediction.distribution().quantile(0.1)).isEqualTo(10);
    assertThat(prediction.distribution().quantile(0.9)).isEqualTo(30);
  }

  @Test
  void damagedTablesAreRefusedAndNothingWorse() throws IOException {
    String[] samples = {
      sample("predictions.json"),
      sample("five-quantiles.json"),
      "model_type,n,p10,p90,quantiles,quantile_predictions\nm,1,5,6,\"[0.1]\",\"[2]\"\n",
    };
    String bits = "{}[]\",:\\0129.eE+-\n\r\t nulltrue\u0000\u00e9";
    int refused = 0;
    for (long seed = 0; seed < 3_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      StringBuilder content = new StringBuilder(samples[random.nextInt(samples.length)]);
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        int at = random.nextInt(content.length());
        switch (random.nextInt(3)) {
          case 0 -> content.setCharAt(at, bits.charAt(random.nextInt(bits.length())));
          case 1 -> content.insert(at, bits.charAt(random.nextInt(bits.length())));
          default -> content.delete(at, Math.min(content.length() - 1, at + random.nextInt(40)));
        }
      }
      try {
        assertThat(read(content.toString()).size()).as("seed %d", seed).isBetween(0, 3);
      } catch (TableException e) {
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + content, e);
      }
    }
    assertThat(refused).isBetween(100, 2_900);
  }

  @Test
  void passesOverMalformedRows() throws TableException, IOException {
    LookupTable table =
        read(
            "model_type,n,p50,expect\nm,1,5,5\nm,x,5,5\nm,1,5\nm,1,,5\nm,1,5,-5\nm,Infinity,5,5\n");

    assertThat(table.size()).isEqualTo(1);
    assertThat(table.skipped()).isEqualTo(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`[{\"status\": \"success\"`          | malformed at line 1",
        "`[{}] trailing`                      | malformed at line 1",
        "`[{}] []`                            | something after",
        "`{\"status\": \"success\"}`          | not a JSON array",
        "`[NaN]`                              | malformed",
        "``                                   | empty",
        "`   \n\n  `                          | neither",
        "`a,b,c`                              | neither",
        "`\u0000\u0001binary`                 | neither",
      })
  void namesTheFileThatCannotBeRead(String content, String reason) {
    TableException refusal = catchThrowableOfType(TableException.class, () -> read(content));

    assertThat(refusal.message())
        .startsWith("Lookup table t.json cannot be read: ")
        .contains(reason);
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    Path file = directory.resolve("t.json.gz");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3});

    assertThat(
            catchThrowableOfType(TableException.class, () -> new TableReader(LIMITS).read(file))
                .message())
        .isEqualTo("Lookup table t.json.gz cannot be read: it is damaged");
  }

  @Test
  void refusesMoreBytesThanAllowedEvenCompressed() throws IOException {
    Path file = directory.resolve("bomb.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write('[');
      out.write(" ".repeat(2 << 20).getBytes(UTF_8));
      out.write(']');
    }

    assertThat(
            catchThrowableOfType(TableException.class, () -> new TableReader(LIMITS).read(file))
                .message())
        .contains("more than 1048576 bytes");
  }

  @Test
  void refusesMoreRecordsThanAllowed() {
    TableException refusal =
        catchThrowableOfType(TableException.class, () -> read("[" + "{},".repeat(1_000) + "{}]"));

    assertThat(refusal.message()).contains("more than 1000 records");
  }

  @Test
  void refusesDeepNesting() {
    assertThat(catchThrowableOfType(TableException.class, () -> read("[".repeat(20_000))).message())
        .contains("malformed");
  }

  private LookupTable read(String content) throws TableException, IOException {
    Path file = directory.resolve("t.json");
    Files.writeString(file, content);
    return new TableReader(LIMITS).read(file);
  }

  private Prediction only(String content, ModelIdentity asked) throws TableException, IOException {
    return read(content)
        .predict(new Query(asked, Features.NONE), new SplittableRandom(1))
        .orElseThrow();
  }

  private static Prediction predict(LookupTable table, String type, Map<String, Double> features) {
    Query query =
        new Query(ModelIdentity.ofType(type), new Features(ImmutableSortedMap.copyOf(features)));
    return table.predict(query, new SplittableRandom(1)).orElseThrow();
  }

  private static String sample(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/tables", name));
  }
}
