package io.swarmpilot.scheduler.core;

import java.util.Arrays;

/// The places with the least numbers among those offered; the first offered of equal ones.
final class Shortlist {
  private final int[] places;
  private final double[] numbers;
  private int size;

  Shortlist(int most) {
    places = new int[most];
    numbers = new double[most];
  }

  void clear() {
    size = 0;
  }

  /// What a number must be below to get in.
  double worst() {
    return size < places.length ? Double.POSITIVE_INFINITY : numbers[size - 1];
  }

  /// Puts a place in; its number is below [#worst]. Returns the new [#worst].
  double add(int place, double number) {
    int at = size < places.length ? size++ : size - 1;
    while (at > 0 && numbers[at - 1] > number) {
      numbers[at] = numbers[at - 1];
      places[at] = places[at - 1];
      at--;
    }
    numbers[at] = number;
    places[at] = place;
    return worst();
  }

  /// Puts the places in ascending order; the numbers are gone with it. Returns how many there are.
  int sortByPlace() {
    Arrays.sort(places, 0, size);
    return size;
  }

  int size() {
    return size;
  }

  /// The number at an index; the least first, until places are sorted.
  double number(int index) {
    return numbers[index];
  }

  int place(int index) {
    return places[index];
  }
}
