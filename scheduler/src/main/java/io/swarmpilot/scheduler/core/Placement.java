package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.policy.Policy;
import io.swarmpilot.scheduler.policy.ShortestQueue;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Puts tasks on instances.
final class Placement {
  private static final Policy FALLBACK = new ShortestQueue();

  private final CandidateArray candidates = new CandidateArray();
  private final RandomGenerator random;

  Placement(RandomGenerator random) {
    this.random = random;
  }

  /// Where a task would go now.
  Optional<Choice> choose(
      Transition step, String model, Estimates estimates, @Nullable InstanceEntry avoided) {
    Optional<ModelPool> pool = step.state.pool(model);
    if (pool.isEmpty()) {
      return Optional.empty();
    }
    candidates.gather(pool.get(), estimates, step.now, avoided);
    if (candidates.size() == 0 && avoided != null) {
      candidates.gather(pool.get(), estimates, step.now, null);
    }
    return candidates.size() == 0 ? Optional.empty() : Optional.of(select(step.state.policy()));
  }

  /// Gives a waiting task to an instance, which is charged at once.
  void assign(Transition step, TaskEntry task, Choice choice) {
    InstanceEntry instance = choice.instance();
    step.raise(new Event.TaskPlaced(task.id, task.attempt + 1, instance.uuid(), choice.strategy()));
    instance.assumeStarts(step.now);
    step.touch(instance);
    TaskSnapshot snapshot = task.snapshot();
    step.effect(
        new Effect.ShowTask(
            task.attempt == 1 ? TaskChange.SCHEDULED : TaskChange.RETRIED, snapshot));
    step.effect(new Effect.Dispatch(instance.uuid(), instance.connection.session, snapshot));
  }

  /// Gives a waiting task to an instance, if one can take it; rather not to the one to avoid.
  void place(Transition step, TaskEntry task, @Nullable InstanceEntry avoided) {
    choose(step, task.model, task.estimates, avoided)
        .ifPresent(choice -> assign(step, task, choice));
  }

  /// Gives the waiting tasks of a model to instances, in order, as long as one can take them.
  void placeWaiting(Transition step, String model) {
    Optional<ModelPool> pool = step.state.pool(model);
    while (pool.isPresent() && !pool.get().waiting.isEmpty()) {
      TaskEntry task = pool.get().waiting.first();
      Optional<Choice> choice = choose(step, model, task.estimates, null);
      if (choice.isEmpty()) {
        return;
      }
      assign(step, task, choice.get());
    }
  }

  private Choice select(Policy policy) {
    try {
      int index = policy.select(candidates, random);
      if (index >= 0 && index < candidates.size()) {
        return new Choice(candidates.instance(index), policy.name());
      }
    } catch (RuntimeException e) {
      // A policy of a user may be wrong; the task's record shows that another one placed it.
    }
    int index = FALLBACK.select(candidates, random);
    return new Choice(candidates.instance(index), FALLBACK.name());
  }

  /// Where a task goes, and which strategy said so.
  ///
  /// @param instance the instance
  /// @param strategy canonical name of the strategy
  record Choice(InstanceEntry instance, String strategy) {}
}
