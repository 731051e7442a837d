package io.swarmpilot.scheduler.loop;

import io.swarmpilot.scheduler.core.Effect;
import java.util.List;

/// Does what a decision asks for. Called once for each decision, in order, never two at once, and
/// must not block.
@FunctionalInterface
public interface EffectRunner {
  /// Runs effects, in order.
  void run(List<Effect> effects);
}
