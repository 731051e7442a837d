package io.swarmpilot.launcher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Named values of one scenario: what the mesh gives (`${ti0}`), and what steps saved.
final class Variables {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z0-9_]+)}");

  private final Map<String, JsonNode> values = new HashMap<>();

  Variables() {}

  /// A copy that can be changed without changing this.
  Variables copy() {
    Variables copy = new Variables();
    copy.values.putAll(values);
    return copy;
  }

  void put(String name, JsonNode value) {
    values.put(name, value);
  }

  void put(String name, String value) {
    put(name, JsonNodeFactory.instance.textNode(value));
  }

  void put(String name, int value) {
    put(name, JsonNodeFactory.instance.numberNode(value));
  }

  JsonNode get(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no variable " + name + " among " + values.keySet());
    }
    return value;
  }

  /// A text with every `${name}` replaced.
  String expand(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      JsonNode value = get(matcher.group(1));
      String shown = value.isTextual() ? value.textValue() : Json.write(value);
      matcher.appendReplacement(out, Matcher.quoteReplacement(shown));
    }
    return matcher.appendTail(out).toString();
  }

  /// A tree with every `${name}` replaced; a text that is nothing else takes the value's own type.
  JsonNode expand(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(e -> copy.set(expand(e.getKey()), expand(e.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> copy.add(expand(element)));
        yield copy;
      }
      default -> node.isTextual() ? expandText(node.textValue()) : node;
    };
  }

  private JsonNode expandText(String text) {
    Matcher whole = REFERENCE.matcher(text);
    return whole.matches() ? get(whole.group(1)) : JsonNodeFactory.instance.textNode(expand(text));
  }
}
