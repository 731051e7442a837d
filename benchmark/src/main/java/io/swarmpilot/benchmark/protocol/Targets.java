package io.swarmpilot.benchmark.protocol;

import com.google.common.collect.ImmutableList;
import com.linecorp.armeria.client.ClientFactory;
import io.swarmpilot.benchmark.load.Aim;
import java.time.Duration;
import java.util.function.Function;

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
          http(aim, timeout, factory, client -> new HttpTarget(client, new OpenAiDialect(aim)));
      case OLLAMA_GENERATE ->
          http(aim, timeout, factory, client -> new HttpTarget(client, new OllamaDialect(aim)));
      case MESH -> http(aim, timeout, factory, client -> new MeshTarget(client, aim, timeout));
    };
  }

  private static ImmutableList<Target> http(
      Aim aim, Duration timeout, ClientFactory factory, Function<Http1Client, Target> target) {
    return aim.targets().stream()
        .map(address -> target.apply(new Http1Client(address, aim.apiKey(), timeout, factory)))
        .collect(ImmutableList.toImmutableList());
  }
}
