package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.policy.LeastRequests;
import io.swarmpilot.scheduler.policy.Policy;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Puts tasks on instances.
final class Placement {
  private static final Policy FALLBACK = new LeastRequests();

  private final CandidateArray candidates = new CandidateArray();
  private final RandomGenerator random;

  Placement(RandomGenerator random) {
    this.random = random;
  }

  /// Whether an instance of a model can take a task now.
  boolean canPlace(Transition step, String model) {
    return step.state.pool(model).stream()
        .flatMap(pool -> pool.instances.stream())
        .anyMatch(instance -> instance.serves() && instance.hasRoom());
  }

  /// Where a task would go now.
  Optional<Choice> choose(Transition step, TaskEntry task, @Nullable InstanceEntry avoided) {
    Optional<ModelPool> pool = step.state.pool(task.model);
    if (pool.isEmpty()) {
      return Optional.empty();
    }
    candidates.gather(pool.get(), task.estimates, step.now, avoided);
    if (candidates.size() == 0 && avoided != null) {
      candidates.gather(pool.get(), task.estimates, step.now, null);
    }
    return candidates.size() == 0 ? Optional.empty() : Optional.of(select(pool.get(), task, step));
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
    step.effect(
        new Effect.Dispatch(
            instance.uuid(), instance.connection.session, snapshot, task.remainingMs(step.now)));
  }

  /// Gives a waiting task to an instance, if one can take it; rather not to the one to avoid.
  void place(Transition step, TaskEntry task, @Nullable InstanceEntry avoided) {
    choose(step, task, avoided).ifPresent(choice -> assign(step, task, choice));
  }

  /// Gives the waiting tasks of a model to instances, in order, as long as one can take them.
  void placeWaiting(Transition step, String model) {
    Optional<ModelPool> pool = step.state.pool(model);
    while (pool.isPresent() && !pool.get().waiting.isEmpty()) {
      TaskEntry task = pool.get().waiting.first();
      Optional<Choice> choice = choose(step, task, null);
      if (choice.isEmpty()) {
        return;
      }
      assign(step, task, choice.get());
    }
  }

  private Choice select(ModelPool pool, TaskEntry task, Transition step) {
    pool.now = step.now;
    try {
      int index = pool.policy.select(task, candidates, pool, random);
      if (index >= 0 && index < candidates.size()) {
        return new Choice(candidates.instance(index), pool.policy.name());
      }
    } catch (RuntimeException e) {
      // A policy of a user may be wrong; the task's record shows that another one placed it.
    }
    int index = FALLBACK.select(task, candidates, pool, random);
    return new Choice(candidates.instance(index), FALLBACK.name());
  }

  /// Where a task goes, and which strategy said so.
  ///
  /// @param instance the instance
  /// @param strategy canonical name of the strategy
  record Choice(InstanceEntry instance, String strategy) {}
}
