package io.swarmpilot.launcher.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// A configuration file: settings by the name of their flag, those of one command below its name.
///
/// YAML, or properties with dots (`scheduler.result-ttl=1h`) when the name ends in `.properties`.
/// `result-ttl`, `result_ttl` and `resultTtl` are the same setting.
public final class ConfigFile {
  /// A file without settings.
  public static final ConfigFile EMPTY = new ConfigFile(Path.of(""), Map.of());

  private static final long MAX_BYTES = 1 << 20;

  private final Path file;
  private final Map<String, Object> root;

  private ConfigFile(Path file, Map<String, Object> root) {
    this.file = file;
    this.root = root;
  }

  /// Reads a file.
  ///
  /// @throws CommandFailure when it cannot be read or is neither form
  public static ConfigFile read(Path file) {
    String text = content(file);
    try {
      return new ConfigFile(
          file, file.toString().endsWith(".properties") ? properties(text) : yaml(file, text));
    } catch (YAMLException | IOException | IllegalArgumentException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new CommandFailure(file + " is not readable as a configuration: " + why, e);
    }
  }

  /// The value of a setting of a command: below the command's name, else at the top.
  Optional<String> value(String command, String setting) {
    return text(section(command).get(setting)).or(() -> text(root.get(setting)));
  }

  /// Refuses names that no command knows.
  ///
  /// @param known settings by command
  void check(Map<String, ? extends Collection<String>> known) {
    TreeSet<String> atTop = new TreeSet<>(known.keySet());
    known.values().forEach(atTop::addAll);
    root.forEach((name, value) -> {
      if (value instanceof Map && known.containsKey(name)) {
        section(name).keySet().forEach(key -> check(name + ".", key, known.get(name)));
      } else {
        check("", name, atTop);
      }
    });
  }

  private void check(String prefix, String name, @Nullable Collection<String> known) {
    if (known != null && !known.contains(name)) {
      String hint =
          Suggestion.nearest(name, known).map(k -> "; did you mean " + prefix + k + "?").orElse("");
      throw new CommandFailure(file + ": unknown setting " + prefix + name + hint);
    }
  }

  private Map<String, Object> section(String command) {
    return root.get(command) instanceof Map<?, ?> section ? normalised(section) : Map.of();
  }

  private static Optional<String> text(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case Map<?, ?> _ -> Optional.empty();
      case List<?> list ->
          Optional.of(list.stream().map(String::valueOf).collect(Collectors.joining(",")));
      default -> Optional.of(value.toString());
    };
  }

  private static String content(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CommandFailure(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new CommandFailure("there is no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> yaml(Path file, String text) {
    Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return switch (tree) {
      case null -> Map.of();
      case Map<?, ?> map -> normalised(map);
      default -> throw new CommandFailure(file + " does not hold `name: value` lines");
    };
  }

  private static Map<String, Object> properties(String text) throws IOException {
    Properties read = new Properties();
    try (Reader reader = new StringReader(text)) {
      read.load(reader);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    for (String name : new TreeSet<>(read.stringPropertyNames())) {
      int dot = name.indexOf('.');
      String value = read.getProperty(name, "");
      if (dot < 0) {
        tree.put(name, value);
      } else {
        Map<String, Object> section = new LinkedHashMap<>();
        if (tree.get(name.substring(0, dot)) instanceof Map<?, ?> known) {
          known.forEach((key, old) -> section.put(String.valueOf(key), old));
        }
        section.put(name.substring(dot + 1), value);
        tree.put(name.substring(0, dot), section);
      }
    }
    return normalised(tree);
  }

  private static Map<String, Object> normalised(Map<?, ?> map) {
    Map<String, Object> names = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      if (value != null) {
        names.put(normalised(String.valueOf(key)), value);
      }
    });
    return names;
  }

  private static String normalised(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
  }
}
