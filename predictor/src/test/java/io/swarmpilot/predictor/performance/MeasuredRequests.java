package io.swarmpilot.predictor.performance;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.learn.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/// Requests of a production service, with execution times of a plausible law: what costs time here
/// is the number of rows and features, not what they say.
final class MeasuredRequests {
  private static final String TRACE = "/data/azure-llm-2023-conv.csv.gz";
  private static final int CONTEXT = 1;
  private static final int GENERATED = 2;

  private final List<String> lines = lines();
  private final SplittableRandom random = new SplittableRandom(11);

  /// So many executions of the requests in turn, eight features each.
  List<Sample> samples(int count) {
    ImmutableList.Builder<Sample> samples = ImmutableList.builderWithExpectedSize(count);
    for (int i = 0; i < count; i++) {
      samples.add(sample(lines.get(i % lines.size()).split(",", -1)));
    }
    return samples.build();
  }

  private Sample sample(String[] request) {
    double prompt = Double.parseDouble(request[CONTEXT]);
    double output = Double.parseDouble(request[GENERATED]);
    double batch = random.nextInt(1, 17);
    double parallel = 1 << random.nextInt(4);
    double hour = random.nextInt(24);
    Map<String, Double> numbers =
        Map.of(
            "input_tokens",
            prompt,
            "output_tokens",
            output,
            "max_tokens",
            Math.ceil(output * random.nextDouble(1, 5) / 64) * 64,
            "batch_size",
            batch,
            "tensor_parallel",
            parallel,
            "temperature",
            random.nextDouble(),
            "queue_length",
            batch + random.nextInt(4),
            "hour",
            (double) random.nextInt(24));
    // The cliff of a cache that is full, and busy hours: what a line in the logarithms cannot
    // follow.
    double crowded = prompt * batch > 8_000 ? 1.6 : 1;
    double busy = hour >= 9 && hour < 18 ? 1.3 : 1;
    double ms =
        crowded * busy * (prompt / parallel / 4 + output * (20 + 2 * batch) / Math.sqrt(parallel));
    return new Sample(Features.of(numbers), ms * Math.exp(0.1 * random.nextGaussian()), "instance");
  }

  private static List<String> lines() {
    try (InputStream file =
            Objects.requireNonNull(MeasuredRequests.class.getResourceAsStream(TRACE));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      return reader.lines().skip(1).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
