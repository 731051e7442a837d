package io.swarmpilot.benchmark.recipe;

import com.google.common.base.Splitter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A document as YAML and JSON give it, read by dotted paths. What is not there, null, or of
/// another type than asked for is absent: the form is checked elsewhere.
///
/// @param root names and values: maps, lists, texts, numbers, flags
public record Tree(Map<String, ? extends @Nullable Object> root) {
  private static final Splitter DOTS = Splitter.on('.');

  /// A document without anything.
  public static final Tree EMPTY = new Tree(Map.of());

  /// The value at a path.
  public Optional<Object> at(String path) {
    Object value = root;
    for (String name : DOTS.split(path)) {
      if (!(value instanceof Map<?, ?> map)) {
        return Optional.empty();
      }
      value = map.get(name);
    }
    return Optional.ofNullable(value);
  }

  /// The object at a path.
  public Optional<Tree> tree(String path) {
    return at(path).flatMap(Tree::of);
  }

  /// A value as an object.
  public static Optional<Tree> of(Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    map.forEach((name, child) -> named.put(String.valueOf(name), child));
    return Optional.of(new Tree(named));
  }

  /// The text at a path.
  public Optional<String> text(String path) {
    return at(path).filter(String.class::isInstance).map(String.class::cast);
  }

  /// The whole number at a path.
  public OptionalLong whole(String path) {
    Optional<Object> value = at(path);
    if (value.isPresent() && value.get() instanceof Number number && isWhole(number)) {
      return OptionalLong.of(number.longValue());
    }
    return OptionalLong.empty();
  }

  /// The number at a path.
  public OptionalDouble number(String path) {
    Optional<Object> value = at(path);
    return value.isPresent() && value.get() instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  /// The flag at a path.
  public Optional<Boolean> flag(String path) {
    return at(path).filter(Boolean.class::isInstance).map(Boolean.class::cast);
  }

  /// The list at a path, or one without elements.
  public List<Object> list(String path) {
    Optional<Object> value = at(path);
    return value.isPresent() && value.get() instanceof List<?> list
        ? List.<Object>copyOf(list.stream().filter(element -> element != null).toList())
        : List.of();
  }

  private static boolean isWhole(Number number) {
    double value = number.doubleValue();
    return value == Math.rint(value) && Math.abs(value) < 1L << 53;
  }
}
