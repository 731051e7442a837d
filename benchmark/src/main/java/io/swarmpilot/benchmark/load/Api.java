package io.swarmpilot.benchmark.load;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.stream.Collectors;

/// How a server is spoken to.
public enum Api {
  /// `POST /v1/chat/completions`.
  OPENAI_CHAT("openai-chat"),
  /// `POST /v1/completions`.
  OPENAI_COMPLETIONS("openai-completions"),
  /// `POST /v1/embeddings`.
  OPENAI_EMBEDDINGS("openai-embeddings"),
  /// `POST /api/generate`.
  OLLAMA_GENERATE("ollama-generate"),
  /// `POST /queue/submit`, then `GET /task/wait`: this mesh, through its gateway.
  MESH("mesh"),
  /// Nothing is sent: every request is answered at once, within the generator.
  DUMMY("dummy");

  private final String key;

  Api(String key) {
    this.key = key;
  }

  /// Its name on command lines and in recipes.
  public String key() {
    return key;
  }

  /// The one of this name.
  ///
  /// @throws IllegalArgumentException naming all, when there is none
  public static Api parse(String name) {
    return Arrays.stream(values())
        .filter(api -> api.key.equals(Ascii.toLowerCase(name)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no API '%s'; there are %s"
                    .formatted(
                        name,
                        Arrays.stream(values()).map(Api::key).collect(Collectors.joining(", ")))));
  }
}
