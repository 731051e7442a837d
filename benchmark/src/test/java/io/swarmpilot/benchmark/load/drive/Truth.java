package io.swarmpilot.benchmark.load.drive;

import io.swarmpilot.benchmark.load.Aim;
import io.swarmpilot.benchmark.load.Api;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Limits;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.load.Phases;
import io.swarmpilot.benchmark.load.Rate;
import io.swarmpilot.benchmark.load.Spacing;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.mock.MockScript;
import io.swarmpilot.benchmark.mock.MockServer;
import io.swarmpilot.benchmark.prompts.Prompt;
import java.time.Duration;

/// Runs against mock servers whose truth is known.
final class Truth {
  private Truth() {}

  /// What is measured of a server that does what a script says.
  static Measurement measure(MockScript script, Api api, Arrival arrival, Phases phases) {
    return end(script, plan(api, arrival, phases)).measured();
  }

  /// How a run against such a server ends; the server's address replaces that of the plan.
  static RunSnapshot end(MockScript script, LoadPlan plan) {
    try (MockServer server = MockServer.start(script, 0);
        LoadGenerator generator = new LoadGenerator()) {
      Aim aim = Aim.at(plan.aim().api(), plan.aim().model(), "http://127.0.0.1:" + server.port());
      return generator.start(plan.withAim(aim)).over().join();
    }
  }

  static LoadPlan plan(Api api, Arrival arrival, Phases phases) {
    return LoadPlan.of(
            Aim.at(api, "mock", "http://replaced"), arrival, phases, (_, _) -> Prompt.of("hello"))
        .withLimits(Limits.DEFAULT.withRequestTimeout(Duration.ofSeconds(30)));
  }

  static Arrival even(double perSecond) {
    return new Arrival.Open(Spacing.EVEN, new Rate.Steady(perSecond));
  }

  static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
