package io.swarmpilot.benchmark.orchestrate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes results: a file a run as soon as it is over, and the summary. Each file is there whole or
/// not at all.
final class ResultFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String SUMMARY = "benchmark_suite.summary.json";

  private final Path results;

  ResultFiles(Path outputDirectory) {
    results = outputDirectory.resolve("results");
  }

  /// Where the files go.
  Path directory() {
    return results;
  }

  /// Makes the directory.
  ///
  /// @throws BenchmarkException E006 when that cannot be
  void prepare() throws BenchmarkException {
    try {
      Files.createDirectories(results);
    } catch (IOException e) {
      throw new BenchmarkException(
          ErrorCode.E006, "results cannot be written to " + results + ": " + e);
    }
  }

  void run(RunResult result) throws BenchmarkException {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("benchmark_name", result.run().name());
    file.put("overrides", result.run().overrides());
    file.put("workload", result.run().body());
    file.put("complete", result.complete());
    file.put("client_metrics", result.clientMetrics());
    file.put("aggregate", result.aggregate());
    file.put("histograms", result.histograms());
    write(fileName(result), file);
  }

  void summary(BenchmarkResults results) throws BenchmarkException {
    List<Map<String, Object>> runs = new ArrayList<>();
    for (RunResult run : results.runs()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("benchmark_name", run.run().name());
      entry.put("metrics_file", fileName(run));
      entry.put("complete", run.complete());
      entry.put("aggregate", run.aggregate());
      entry.put("client_metrics", run.clientMetrics());
      runs.add(entry);
    }
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("experiment", results.experiment());
    file.put("result", results.asMap());
    file.put("benchmarks", runs);
    file.put("repetitions", Repetitions.of(results.runs()));
    write(SUMMARY, file);
  }

  private static String fileName(RunResult result) {
    return result.run().name() + ".metrics.json";
  }

  private void write(String name, Object tree) throws BenchmarkException {
    Path file = results.resolve(name);
    try {
      Path partial = Files.createTempFile(results, name, ".tmp");
      JSON.writeValue(partial.toFile(), tree);
      Files.move(
          partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new BenchmarkException(ErrorCode.E006, file + " cannot be written: " + e.getMessage());
    }
  }
}
