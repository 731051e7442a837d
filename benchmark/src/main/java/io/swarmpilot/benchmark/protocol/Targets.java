package io.swarmpilot.benchmark.protocol;

import com.google.common.collect.ImmutableList;
import com.linecorp.armeria.client.ClientFactory;
import io.swarmpilot.benchmark.load.Aim;
import java.time.Duration;

/// Opens the servers of an aim.
public final class Targets {
  private Targets() {}

  /// The servers, in order.
  ///
  /// @param timeout after which a request has failed
  /// @param factory makes the connections
  public static ImmutableList<Target> open(Aim aim, Duration timeout, ClientFactory factory) {
    return switch (aim.api()) {
      case DUMMY -> ImmutableList.of(new DummyTarget());
      case OPENAI_CHAT, OPENAI_COMPLETIONS, OPENAI_EMBEDDINGS ->
          http(aim, new OpenAiDialect(aim), timeout, factory);
      case OLLAMA_GENERATE -> http(aim, new OllamaDialect(aim), timeout, factory);
    };
  }

  private static ImmutableList<Target> http(
      Aim aim, Dialect dialect, Duration timeout, ClientFactory factory) {
    return aim.targets().stream()
        .map(address -> new HttpTarget(address, aim.apiKey(), dialect, timeout, factory))
        .collect(ImmutableList.toImmutableList());
  }
}
