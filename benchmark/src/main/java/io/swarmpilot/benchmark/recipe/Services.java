package io.swarmpilot.benchmark.recipe;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Optional;
import java.util.Set;

/// Which services a recipe may name, by component.
public final class Services {
  private static final ImmutableMap<String, ImmutableSet<String>> BY_COMPONENT =
      ImmutableMap.of(
          "inference", ImmutableSet.of("triton", "vllm", "ollama", "openai", "mesh"),
          "storage", ImmutableSet.of("postgres", "s3", "fileio"),
          "vectordb", ImmutableSet.of("milvus", "faiss", "weaviate", "chroma"));

  private static final ImmutableSet<String> NEED_PROMPT_LENGTH = ImmutableSet.of("triton", "vllm");

  private Services() {}

  /// The services of a component; none when there is no such component.
  public static Set<String> of(String component) {
    return BY_COMPONENT.getOrDefault(component, ImmutableSet.of());
  }

  /// The component of a service.
  public static Optional<String> component(String service) {
    return BY_COMPONENT.entrySet().stream()
        .filter(entry -> entry.getValue().contains(service))
        .map(entry -> entry.getKey())
        .findFirst();
  }

  /// Whether a recipe for a service has to say how long prompts are.
  static boolean needPromptLength(String service) {
    return NEED_PROMPT_LENGTH.contains(service);
  }
}
