package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Outcome.FailureKind;
import java.util.Arrays;

/// Leaves out instances that fail task after task, or take far longer than expected while others do
/// not; at most half of those that serve a model. See [Health].
final class OutlierEjection {
  private static final long LOOK_EVERY = 1_000_000_000L;
  private static final double LAG = 3;

  private long lastLook = Long.MIN_VALUE;

  /// Takes note of how an instance ended a task.
  void observe(Transition step, InstanceEntry instance, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      if (isItsFault(failed.kind()) && instance.health.failed()) {
        ejectIfEnoughRemain(step, instance);
      }
      return;
    }
    instance.health.succeeded();
    step.state.refresh(instance);
  }

  /// Lets instances return, and looks for those that lag.
  void tick(Transition step) {
    for (InstanceEntry instance : step.state.instances()) {
      if (instance.health.ejected() && step.now >= instance.health.ejectedUntil()) {
        instance.health.comeBack();
        step.state.refresh(instance);
        step.touch(instance);
      }
    }
    if (lastLook == Long.MIN_VALUE || step.now - lastLook >= LOOK_EVERY) {
      lastLook = step.now;
      step.state.pools().forEach(pool -> ejectLagging(step, pool));
    }
  }

  private static boolean isItsFault(FailureKind kind) {
    return kind == FailureKind.FINAL || kind == FailureKind.LOST;
  }

  private static void ejectLagging(Transition step, ModelPool pool) {
    double[] slowdowns =
        pool.instances.stream()
            .filter(InstanceEntry::serves)
            .mapToDouble(InstanceEntry::slowdown)
            .toArray();
    if (slowdowns.length < 2) {
      return;
    }
    Arrays.sort(slowdowns);
    double usual = slowdowns[(slowdowns.length - 1) / 2];
    for (InstanceEntry instance : pool.instances) {
      if (instance.serves() && instance.slowdown() > LAG * usual) {
        ejectIfEnoughRemain(step, instance);
      }
    }
  }

  private static void ejectIfEnoughRemain(Transition step, InstanceEntry instance) {
    ModelPool pool = step.state.pool(instance.model()).orElse(null);
    if (pool == null || !instance.serves()) {
      return;
    }
    long usable = pool.instances.stream().filter(InstanceEntry::isUsable).count();
    if (2 * (usable - pool.serving() + 1) > usable) {
      return;
    }
    instance.health.eject(step.now);
    step.state.refresh(instance);
    step.touch(instance);
  }
}
