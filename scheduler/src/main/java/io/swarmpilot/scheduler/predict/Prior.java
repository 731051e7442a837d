package io.swarmpilot.scheduler.predict;

import io.swarmpilot.scheduler.core.Estimate;
import io.swarmpilot.scheduler.forecast.ExecutionTime;

/// What is assumed of a model of which nothing is known: a second, give or take one.
final class Prior {
  static final Estimate ESTIMATE = new Estimate(ExecutionTime.of(1_000, 1_000), "prior", true);

  private Prior() {}
}
