package io.swarmpilot.launcher;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A JSON object to look into; read as the YAML that it also is.
///
/// @param members its members
public record JsonTree(Map<?, ?> members) {
  /// Reads a text.
  public static JsonTree parse(String json) {
    Map<?, ?> members = new Yaml(new SafeConstructor(new LoaderOptions())).load(json);
    return new JsonTree(members);
  }

  /// A member that is text.
  public String text(String name) {
    return (String) Objects.requireNonNull(members.get(name), name);
  }

  /// A member that is an object.
  public JsonTree object(String name) {
    return new JsonTree((Map<?, ?>) Objects.requireNonNull(members.get(name), name));
  }

  /// A member that is an array.
  public List<?> array(String name) {
    return (List<?>) Objects.requireNonNull(members.get(name), name);
  }

  /// Whether a member is there and null.
  public boolean isNull(String name) {
    return members.containsKey(name) && members.get(name) == null;
  }
}
