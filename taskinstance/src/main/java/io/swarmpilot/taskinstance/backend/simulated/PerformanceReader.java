package io.swarmpilot.taskinstance.backend.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes a [PerformanceModel] of records as those of Splitwise' `perf_model.csv`: `model`,
/// `hardware`, `tensor_parallel`, `prompt_size`, `batch_size`, `prompt_time` and `token_time`, ms.
/// Of repeated measurements the median counts.
final class PerformanceReader {
  // Batches were measured with prompts of this size only.
  private static final int BATCH_PROMPT = 512;

  private final NavigableMap<Integer, List<Double>> prompts = new TreeMap<>();
  private final NavigableMap<Integer, List<Double>> steps = new TreeMap<>();

  private PerformanceReader() {}

  /// The times of a model on a kind of hardware.
  ///
  /// @param model name of the model; "" when the file is about one only
  /// @param hardware `a100-80gb`, or the beginning of its name, `a100`
  /// @param parallel over how many devices the model is spread; 0 for the most there is
  /// @throws IOException when it was not measured, saying what was
  static PerformanceModel read(List<JsonNode> records, String model, String hardware, int parallel)
      throws IOException {
    List<JsonNode> wanted =
        records.stream()
            .filter(record -> model.isEmpty() || is(record, "model", model))
            .filter(record -> isOn(record, hardware))
            .toList();
    int widest = wanted.stream().mapToInt(PerformanceReader::parallel).max().orElse(0);
    int chosen = parallel == 0 ? widest : parallel;
    PerformanceReader reader = new PerformanceReader();
    wanted.stream().filter(record -> parallel(record) == chosen).forEach(reader::add);
    boolean one = wanted.stream().map(r -> r.path("model").asText()).distinct().count() == 1;
    if (!one || reader.prompts.isEmpty() || reader.steps.isEmpty()) {
      throw new IOException(
          "it has no times of one model on " + hardware + "; it has " + choices(records));
    }
    return new PerformanceModel(medians(reader.prompts), medians(reader.steps));
  }

  private void add(JsonNode record) {
    int prompt = record.path("prompt_size").asInt(-1);
    int batch = record.path("batch_size").asInt(-1);
    double promptMs = record.path("prompt_time").asDouble(-1);
    double stepMs = record.path("token_time").asDouble(-1);
    if (batch == 1 && prompt > 0 && promptMs >= 0) {
      prompts.computeIfAbsent(prompt, _ -> new ArrayList<>()).add(promptMs);
    }
    if (prompt == BATCH_PROMPT && batch > 0 && stepMs >= 0) {
      steps.computeIfAbsent(batch, _ -> new ArrayList<>()).add(stepMs);
    }
  }

  private static boolean is(JsonNode record, String name, String value) {
    return record
        .path(name)
        .asText()
        .toLowerCase(Locale.ROOT)
        .equals(value.toLowerCase(Locale.ROOT));
  }

  private static boolean isOn(JsonNode record, String hardware) {
    String measured = record.path("hardware").asText().toLowerCase(Locale.ROOT);
    String wanted = hardware.toLowerCase(Locale.ROOT);
    return measured.equals(wanted) || measured.startsWith(wanted + "-");
  }

  private static int parallel(JsonNode record) {
    return record.path("tensor_parallel").asInt(1);
  }

  private static NavigableMap<Integer, Double> medians(NavigableMap<Integer, List<Double>> points) {
    NavigableMap<Integer, Double> medians = new TreeMap<>();
    points.forEach((at, values) -> {
      List<Double> sorted = values.stream().sorted().toList();
      int middle = sorted.size() / 2;
      medians.put(
          at,
          sorted.size() % 2 == 1
              ? sorted.get(middle)
              : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    });
    return medians;
  }

  private static String choices(List<JsonNode> records) {
    TreeSet<String> choices = new TreeSet<>();
    for (JsonNode record : records) {
      choices.add(
          "%s on %s with tensor_parallel %d"
              .formatted(
                  record.path("model").asText(),
                  record.path("hardware").asText(),
                  parallel(record)));
    }
    return choices.isEmpty() ? "nothing" : String.join(", ", choices);
  }
}
