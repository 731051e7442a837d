package io.swarmpilot.benchmark.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.benchmark.http.Endpoint;
import io.swarmpilot.benchmark.http.HttpCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Has an Ollama server pull a model, following how far it is.
///
/// A large model takes hours, a dead connection takes forever: what bounds a pull is how long
/// nothing has come, beside the time it may take in all.
final class OllamaPull {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SILENCE = Duration.ofSeconds(60);
  private static final int MAX_LINE = 1 << 20;
  private static final int STEP_PERCENT = 5;

  private final Endpoint endpoint;
  private final String model;
  private final Consumer<String> progress;
  private final AtomicLong lastWord = new AtomicLong();
  private String told = "";

  OllamaPull(Endpoint endpoint, String model, Consumer<String> progress) {
    this.endpoint = endpoint;
    this.model = model;
    this.progress = progress;
  }

  /// Pulls; answers why that failed, or nothing.
  Optional<String> run(Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    String request = JSON.createObjectNode().put("model", model).put("stream", true).toString();
    Duration first = timeout.compareTo(SILENCE) < 0 ? timeout : SILENCE;
    if (!first.isPositive()) {
      return Optional.of("was given no time to pull " + model);
    }
    try (InputStream body = HttpCalls.open(endpoint.path("/api/pull"), request, first)) {
      lastWord.set(System.nanoTime());
      Thread watch = Thread.ofVirtual().name("ollama-pull").start(() -> watch(body, deadline));
      try {
        return follow(body);
      } finally {
        watch.interrupt();
      }
    } catch (HttpCalls.CallException e) {
      return Optional.of("cannot pull " + model + ": " + e.getMessage());
    } catch (IOException e) {
      return Optional.of(
          System.nanoTime() - deadline >= 0
              ? "did not pull " + model + " within " + timeout.toSeconds() + "s"
              : "stopped sending while it pulled " + model);
    }
  }

  private Optional<String> follow(InputStream body) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), 8 << 10);
    String status = "";
    String line;
    while ((line = lines.readLine()) != null) {
      lastWord.set(System.nanoTime());
      if (line.length() > MAX_LINE) {
        return Optional.of("answered a line that is too long");
      }
      JsonNode word = read(line);
      if (word.hasNonNull("error")) {
        return Optional.of("cannot pull " + model + ": " + word.get("error").asText());
      }
      status = word.path("status").asText(status);
      tell(status, word.path("completed").asLong(), word.path("total").asLong());
    }
    return status.equals("success")
        ? Optional.empty()
        : Optional.of("ended the pull of " + model + " at '" + status + "'");
  }

  /// Tells every new step, and every few percent of a long one.
  private void tell(String status, long completed, long total) {
    long percent = total <= 0 ? 0 : 100 * completed / total / STEP_PERCENT * STEP_PERCENT;
    String now = total <= 0 ? status : String.format(Locale.ROOT, "%s %d%%", status, percent);
    if (!now.equals(told)) {
      told = now;
      progress.accept(model + ": " + now);
    }
  }

  /// Breaks the answer off when it takes too long.
  private void watch(InputStream body, long deadline) {
    while (!Thread.currentThread().isInterrupted()) {
      long now = System.nanoTime();
      long left = Math.min(deadline - now, lastWord.get() + SILENCE.toNanos() - now);
      if (left <= 0) {
        closeQuietly(body);
        return;
      }
      try {
        Thread.sleep(Duration.ofNanos(left));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Then it is broken, which is all that is wanted.
    }
  }

  private static JsonNode read(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode().put("error", "it answered what is no JSON");
    }
  }
}
