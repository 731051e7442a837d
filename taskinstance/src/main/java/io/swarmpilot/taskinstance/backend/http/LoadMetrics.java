package io.swarmpilot.taskinstance.backend.http;

import io.swarmpilot.taskinstance.backend.EngineLoad;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads how busy an engine is from its metrics in Prometheus' text form, by the names that vLLM,
/// SGLang, llama.cpp, TGI and Triton give them.
final class LoadMetrics {
  private static final Map<String, Figure> NAMES =
      Map.ofEntries(
          Map.entry("vllm:num_requests_running", Figure.RUNNING),
          Map.entry("vllm:num_requests_waiting", Figure.WAITING),
          Map.entry("vllm:kv_cache_usage_perc", Figure.CACHE),
          // Its name before version 0.10.
          Map.entry("vllm:gpu_cache_usage_perc", Figure.CACHE),
          Map.entry("sglang:num_running_reqs", Figure.RUNNING),
          Map.entry("sglang:num_queue_reqs", Figure.WAITING),
          Map.entry("sglang:token_usage", Figure.CACHE),
          Map.entry("llamacpp:requests_processing", Figure.RUNNING),
          Map.entry("llamacpp:requests_deferred", Figure.WAITING),
          Map.entry("llamacpp:kv_cache_usage_ratio", Figure.CACHE),
          Map.entry("tgi_batch_current_size", Figure.RUNNING),
          Map.entry("tgi_queue_size", Figure.WAITING),
          Map.entry("nv_inference_pending_request_count", Figure.WAITING));

  private static final Pattern SAMPLE =
      Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(\\{.*})?\\s+(\\S+)(?:\\s+\\S+)?\\s*");
  private static final Pattern MODEL =
      Pattern.compile("[{,]\\s*(?:model_name|model)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final int MOST = 1_000_000;

  private LoadMetrics() {}

  /// What the metrics tell of a model; of all models when none is named so, as with an alias.
  /// Nothing when the engine tells neither what runs nor what waits.
  ///
  /// @param source address that they are from
  static Optional<EngineLoad> read(String metrics, String model, String source) {
    Sums ofModel = new Sums();
    Sums ofAll = new Sums();
    metrics
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> {
          Matcher sample = SAMPLE.matcher(line);
          Figure figure = sample.matches() ? NAMES.get(sample.group(1)) : null;
          if (figure != null) {
            ofAll.add(figure, sample.group(3));
            if (isOf(model, sample.group(2))) {
              ofModel.add(figure, sample.group(3));
            }
          }
        });
    return ofModel.load(source).or(() -> ofAll.load(source));
  }

  private static boolean isOf(String model, @Nullable String labels) {
    if (labels == null) {
      return true;
    }
    Matcher named = MODEL.matcher(labels);
    return !named.find() || named.group(1).equals(model);
  }

  private enum Figure {
    RUNNING,
    WAITING,
    CACHE
  }

  /// What several samples come to: an engine on several devices tells each one's.
  private static final class Sums {
    private double running;
    private double waiting;
    private double cache = Double.NaN;
    private boolean counts;

    void add(Figure figure, String text) {
      double value = number(text);
      if (!Double.isFinite(value) || value < 0) {
        return;
      }
      switch (figure) {
        case RUNNING -> running += value;
        case WAITING -> waiting += value;
        case CACHE -> cache = Double.isNaN(cache) ? value : Math.max(cache, value);
      }
      counts |= figure != Figure.CACHE;
    }

    Optional<EngineLoad> load(String source) {
      return counts
          ? Optional.of(
              new EngineLoad(
                  source,
                  (int) Math.min(MOST, Math.round(running)),
                  (int) Math.min(MOST, Math.round(waiting)),
                  Math.min(1, cache)))
          : Optional.empty();
    }

    private static double number(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }
}
