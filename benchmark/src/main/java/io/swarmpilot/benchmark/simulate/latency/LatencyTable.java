package io.swarmpilot.benchmark.simulate.latency;

import static java.util.Objects.requireNonNull;

import io.swarmpilot.benchmark.simulate.trace.TraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Measured times by model, hardware and tensor parallelism. Of repeated measurements the median
/// counts.
public final class LatencyTable implements Latencies {
  /// Prompt size at which batches were measured.
  private static final int BATCH_PROMPT = 512;

  private final String file;
  private final Map<Key, Measured> measured = new HashMap<>();

  /// An empty table.
  ///
  /// @param file what is named when something is not in it
  public LatencyTable(String file) {
    this.file = file;
  }

  /// Adds a measurement.
  ///
  /// @param promptMs time to read the prompts of the batch
  /// @param tokenMs time of a step that generates a token for each task of the batch
  public void add(Key key, int prompt, int batch, double promptMs, double tokenMs) {
    Measured times = measured.computeIfAbsent(key, unknown -> new Measured());
    if (batch == 1) {
      put(times.prompts, prompt, promptMs);
    }
    if (prompt == BATCH_PROMPT) {
      put(times.steps, batch, tokenMs);
    } else if (batch == 1) {
      put(times.otherSteps, batch, tokenMs);
    }
  }

  /// The times of a model on a kind of hardware: `a100-80gb`, or the beginning of its name, `a100`;
  /// with `-tp4` as measured with that tensor parallelism, otherwise with the greatest.
  ///
  /// @throws TraceException when there is none, saying what there is
  @Override
  public HardwareLatency of(String model, String hardware) {
    int at = hardware.lastIndexOf("-tp");
    String wanted = at < 0 ? hardware : hardware.substring(0, at);
    String parallel = at < 0 ? "" : hardware.substring(at + 3);
    Key found =
        measured.keySet().stream()
            .filter(key -> key.model.equals(model.toLowerCase(Locale.ROOT)))
            .filter(key -> key.isNamed(wanted.toLowerCase(Locale.ROOT)))
            .filter(key -> parallel.isEmpty() || parallel.equals(Integer.toString(key.parallel)))
            .min((a, b) -> a.betterThan(b))
            .orElseThrow(() -> unknown(model, hardware));
    return requireNonNull(measured.get(found)).latency(hardware);
  }

  private TraceException unknown(String model, String hardware) {
    TreeSet<String> choices = new TreeSet<>();
    measured.keySet().forEach(key -> choices.add(key.model + " on " + key.hardware));
    return new TraceException(
        file
            + ": it knows nothing of "
            + model
            + " on "
            + hardware
            + "; it has "
            + String.join(", ", choices));
  }

  private static void put(NavigableMap<Integer, List<Double>> into, int at, double value) {
    into.computeIfAbsent(at, unknown -> new ArrayList<>()).add(value);
  }

  /// What was measured together.
  ///
  /// @param model name of the model, lower case
  /// @param hardware name of the hardware, lower case
  /// @param parallel over how many devices the model was spread
  public record Key(String model, String hardware, int parallel) {
    boolean isNamed(String name) {
      return hardware.equals(name) || hardware.startsWith(name + "-");
    }

    /// The shortest name first, then the greatest parallelism.
    int betterThan(Key other) {
      int byName = Integer.compare(hardware.length(), other.hardware.length());
      int byText = hardware.compareTo(other.hardware);
      int byParallel = Integer.compare(other.parallel, parallel);
      return byName != 0 ? byName : byText != 0 ? byText : byParallel;
    }
  }

  /// Times by prompt size, and by batch size.
  private static final class Measured {
    final NavigableMap<Integer, List<Double>> prompts = new TreeMap<>();
    final NavigableMap<Integer, List<Double>> steps = new TreeMap<>();
    final NavigableMap<Integer, List<Double>> otherSteps = new TreeMap<>();

    HardwareLatency latency(String name) {
      NavigableMap<Integer, List<Double>> tokens = steps.isEmpty() ? otherSteps : steps;
      if (prompts.isEmpty() || tokens.isEmpty()) {
        throw new TraceException(name + " was not measured with a batch of 1");
      }
      return new HardwareLatency(name, curve(prompts), curve(tokens));
    }

    private static Curve curve(NavigableMap<Integer, List<Double>> points) {
      NavigableMap<Integer, Double> medians = new TreeMap<>();
      points.forEach((at, values) -> medians.put(at, median(values)));
      return new Curve(medians);
    }

    private static double median(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(value -> value).toArray();
      Arrays.sort(sorted);
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }
}
