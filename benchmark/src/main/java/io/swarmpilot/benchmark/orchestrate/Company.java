package io.swarmpilot.benchmark.orchestrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The companions of a benchmark that began.
final class Company {
  private final List<Companion> present = new ArrayList<>();
  private final Consumer<String> narrator;

  private Company(Consumer<String> narrator) {
    this.narrator = narrator;
  }

  /// Begins with all of them; one that cannot is left out, and that is said.
  static Company begin(List<Companion> companions, Consumer<String> narrator) {
    Company company = new Company(narrator);
    for (Companion companion : companions) {
      try {
        companion.start();
        company.present.add(companion);
      } catch (IOException | RuntimeException e) {
        narrator.accept("warning: " + companion.name() + " cannot start: " + e.getMessage());
      }
    }
    return company;
  }

  /// Ends with all of them, last first.
  void end() {
    for (Companion companion : present.reversed()) {
      try {
        companion.stop();
      } catch (RuntimeException e) {
        narrator.accept("warning: " + companion.name() + " did not end well: " + e.getMessage());
      }
    }
  }
}
