package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pieces of a streamed answer put together: members that hold output are joined, elements of
/// arrays go by their `index` or are appended, and of everything else the last value counts.
public final class MergedAnswer {
  // Engines repeat other texts in every piece, such as the role or an id.
  private static final Set<String> JOINED =
      Set.of(
          "content",
          "reasoning",
          "reasoning_content",
          "refusal",
          "thinking",
          "arguments",
          "text",
          "response");

  private final Members root = new Members();

  /// Adds a piece.
  public void add(ObjectNode piece) {
    root.add(piece);
  }

  /// The whole.
  public ObjectNode toObject() {
    return root.toJson();
  }

  private sealed interface Part {
    JsonNode toJson();
  }

  private record Leaf(JsonNode toJson) implements Part {}

  private record Text(StringBuilder text) implements Part {
    @Override
    public JsonNode toJson() {
      return TextNode.valueOf(text.toString());
    }
  }

  private record Elements(List<Part> parts) implements Part {
    void add(JsonNode pieces) {
      for (JsonNode piece : pieces) {
        Optional<Members> known = byIndex(piece.path("index"));
        if (known.isPresent()) {
          known.get().add(piece);
        } else {
          parts.add(merge(null, "", piece));
        }
      }
    }

    @Override
    public JsonNode toJson() {
      ArrayNode array = EngineJson.object().arrayNode(parts.size());
      parts.forEach(part -> array.add(part.toJson()));
      return array;
    }

    private Optional<Members> byIndex(JsonNode index) {
      return index.isIntegralNumber()
          ? parts.stream()
              .filter(Members.class::isInstance)
              .map(Members.class::cast)
              .filter(known -> known.has("index", index))
              .findFirst()
          : Optional.empty();
    }
  }

  private record Members(Map<String, Part> parts) implements Part {
    Members() {
      this(new LinkedHashMap<>());
    }

    void add(JsonNode piece) {
      for (var member : piece.properties()) {
        parts.compute(member.getKey(), (name, present) -> merge(present, name, member.getValue()));
      }
    }

    boolean has(String name, JsonNode value) {
      return parts.get(name) instanceof Leaf(JsonNode present) && present.equals(value);
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode object = EngineJson.object();
      parts.forEach((name, part) -> object.set(name, part.toJson()));
      return object;
    }
  }

  private static Part merge(@Nullable Part present, String name, JsonNode piece) {
    if (piece.isNull() && present != null) {
      return present;
    }
    if (piece.isObject()) {
      Members members = present instanceof Members known ? known : new Members();
      members.add(piece);
      return members;
    }
    if (piece.isArray()) {
      Elements elements =
          present instanceof Elements known ? known : new Elements(new ArrayList<>());
      elements.add(piece);
      return elements;
    }
    if (piece.isTextual() && JOINED.contains(name)) {
      Text text = present instanceof Text known ? known : new Text(new StringBuilder());
      text.text.append(piece.textValue());
      return text;
    }
    return new Leaf(piece);
  }
}
