package io.swarmpilot.benchmark.service;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Makes objects of somebody's class by a constructor that it must have.
///
/// @param constructor the constructor
record Made<T>(Constructor<T> constructor) {
  /// @throws IllegalArgumentException when the class lacks the constructor or is abstract
  static <T> Made<T> of(Class<T> type, Class<?>... parameters) {
    if (Modifier.isAbstract(type.getModifiers())) {
      throw new IllegalArgumentException(type.getName() + " is abstract");
    }
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return new Made<>(constructor);
    } catch (NoSuchMethodException e) {
      String wanted =
          Arrays.stream(parameters).map(Class::getSimpleName).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          type.getName() + " has no constructor (" + wanted + ")", e);
    }
  }

  /// An object; what its constructor throws is thrown on.
  T with(Object... arguments) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(
          constructor.getDeclaringClass().getName() + " cannot be made", e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException(
          constructor.getDeclaringClass().getName() + " cannot be made", e);
    }
  }
}
