package io.swarmpilot.predictor.quality;

import io.swarmpilot.predictor.quality.PerformanceTable.Configuration;
import io.swarmpilot.predictor.quality.Rows.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPInputStream;

/// Tasks of a fleet that serves large models: requests of the Azure trace (chat and code, in order
/// of time) on the twelve set-ups measured for Splitwise.
///
/// How many requests a server works on at once is hidden from the scheduler, which sees a noisy
/// queue length. It wanders (autoregressive, in the logarithm) and doubles for good after a share
/// of the tasks. Times carry 5 % noise for the task and 2 % for each phase, and one in a hundred
/// takes 1.3 to 3 times as long.
final class SplitwiseTasks {
  private static final double USUAL_BATCH = 6;
  private static final double MOST_BATCH = 64;
  private static final double PERSISTENCE = 0.97;
  private static final double WANDERING = 0.15;

  private final PerformanceTable table = new PerformanceTable(lines("splitwise-perf-model.csv.gz"));
  private final List<Configuration> configurations = table.configurations();
  private final RandomGenerator random;
  private final double doubledAfter;
  private final boolean outputKnown;

  private SplitwiseTasks(long seed, double doubledAfter, boolean outputKnown) {
    this.random = new SplittableRandom(seed);
    this.doubledAfter = doubledAfter;
    this.outputKnown = outputKnown;
  }

  /// All requests of the trace.
  ///
  /// @param doubledAfter share of the tasks after which the load doubles
  /// @param outputKnown whether the scheduler knows the length of the output, or only a bound on it
  static Rows rows(long seed, double doubledAfter, boolean outputKnown) {
    return new SplitwiseTasks(seed, doubledAfter, outputKnown).rows();
  }

  private Rows rows() {
    List<Request> requests = requests();
    double[] load = new double[configurations.size()];
    List<Task> tasks = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      int c = random.nextInt(load.length);
      load[c] = PERSISTENCE * load[c] + WANDERING * random.nextGaussian();
      double usual = i < doubledAfter * requests.size() ? USUAL_BATCH : 2 * USUAL_BATCH;
      tasks.add(task(requests.get(i), c, Math.clamp(usual * Math.exp(load[c]), 1, MOST_BATCH)));
    }
    String output = outputKnown ? "output_tokens" : "max_tokens";
    return new Rows(
        List.of(
            "input_tokens",
            output,
            "queue_length",
            "parameters",
            "tflops",
            "capped",
            "gpus",
            "code"),
        tasks);
  }

  private Task task(Request request, int index, double batch) {
    Configuration configuration = configurations.get(index);
    double prompt = Math.max(1, request.input);
    double output = Math.max(1, request.output);
    double promptMs = table.promptMs(configuration, prompt, batch) * noise(0.02);
    double tokenMs = table.tokenMs(configuration, prompt, batch) * noise(0.02);
    double time = (promptMs + (output - 1) * tokenMs) * noise(0.05);
    if (random.nextDouble() < 0.01) {
      time *= 1.3 + 1.7 * random.nextDouble();
    }
    double bound = 64 * Math.ceil(output * (1.1 + 3.9 * random.nextDouble()) / 64);
    double[] features = {
      prompt,
      outputKnown ? output : bound,
      Math.rint(batch * noise(0.3)),
      configuration.model().startsWith("bloom") ? 176 : 70,
      configuration.hardware().startsWith("h100") ? 990 : 312,
      configuration.hardware().endsWith("pcap") ? 1 : 0,
      configuration.tensorParallel(),
      request.code ? 1 : 0
    };
    return new Task(index, features, time);
  }

  private double noise(double spread) {
    return Math.exp(spread * random.nextGaussian());
  }

  private static List<Request> requests() {
    List<Request> requests = new ArrayList<>();
    add("azure-llm-2023-conv.csv.gz", false, requests);
    add("azure-llm-2023-code.csv.gz", true, requests);
    requests.sort(Comparator.comparing(Request::time));
    return requests;
  }

  private static void add(String name, boolean code, List<Request> requests) {
    for (String line : lines(name).subList(1, lines(name).size())) {
      String[] cell = line.split(",", -1);
      requests.add(
          new Request(cell[0], Double.parseDouble(cell[1]), Double.parseDouble(cell[2]), code));
    }
  }

  private static List<String> lines(String name) {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(
                        SplitwiseTasks.class.getResourceAsStream("/data/" + name), name)),
                StandardCharsets.UTF_8))) {
      return reader.readAllLines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Request(String time, double input, double output, boolean code) {}
}
