package io.swarmpilot.benchmark.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashSet;
import java.util.Set;

/// Reads which models a server has, in the forms that servers list them. What is no list lists
/// nothing.
final class ModelLists {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelLists() {}

  /// The names in an answer of Ollama's `/api/tags`, with their tags.
  static Set<String> ollama(String body) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode model : tree(body).path("models")) {
      add(names, model.path("name"));
      add(names, model.path("model"));
    }
    return names;
  }

  /// The names in an answer of an OpenAI-compatible `/v1/models`: ids, and what they stand for.
  static Set<String> openAi(String body) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode model : tree(body).path("data")) {
      add(names, model.path("id"));
      add(names, model.path("root"));
    }
    return names;
  }

  /// The models of the instances in an answer of the mesh's `/instances`.
  static Set<String> mesh(String body) {
    Set<String> names = new LinkedHashSet<>();
    tree(body).findValues("model_name").forEach(name -> add(names, name));
    tree(body).findValues("model_type").forEach(name -> add(names, name));
    return names;
  }

  private static void add(Set<String> names, JsonNode name) {
    if (name.isTextual() && !name.asText().isBlank()) {
      names.add(name.asText());
    }
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      return JSON.nullNode();
    }
  }
}
