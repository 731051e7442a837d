package io.swarmpilot.launcher.performance;

import java.io.IOException;
import java.util.Locale;

/// Prints how far the policy lab is off a real mesh: the mean slowdown of the same tasks in virtual
/// time and on emulated instances in scaled real time. `docs/policy-lab.md` says how to run it.
///
/// Arguments: tasks (default 600), instances (default 16), mean execution time in ms (default
/// 1,000). The time it takes is their product over 0.85 × instances.
public final class ReplayMeasurements {
  private static final double AIM = 0.05;

  private ReplayMeasurements() {}

  /// Runs the comparison.
  public static void main(String[] args) throws IOException {
    int tasks = args.length > 0 ? Integer.parseInt(args[0]) : 600;
    int instances = args.length > 1 ? Integer.parseInt(args[1]) : 16;
    double meanMs = args.length > 2 ? Double.parseDouble(args[2]) : 1_000;
    Replay replay = Replay.of(tasks, instances, meanMs);
    System.out.println(
        "| tasks | instances | mean execution ms | mean slowdown on the mesh"
            + " | in virtual time | difference | with times as they were | aim | |");
    System.out.println("|---|---|---|---|---|---|---|---|---|");
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %.0f | %.4f | %.4f | %+.1f %% | %+.1f %% | ± 5 %% | %s |%n",
        tasks,
        instances,
        meanMs,
        replay.real().slowdownMean(),
        replay.virtual().slowdownMean(),
        100 * replay.difference(),
        100 * replay.differenceAsItWas(),
        Math.abs(replay.difference()) <= AIM ? "" : "missed");
  }
}
