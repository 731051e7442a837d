package io.swarmpilot.scheduler.service;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;

/// Makes task ids: "task-" and a version 7 UUID, so that they sort by age.
final class TaskIds {
  private static final TimeBasedEpochGenerator UUIDS = Generators.timeBasedEpochGenerator();

  private TaskIds() {}

  static String next() {
    return "task-" + UUIDS.generate();
  }
}
