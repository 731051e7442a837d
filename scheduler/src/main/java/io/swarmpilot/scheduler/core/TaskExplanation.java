package io.swarmpilot.scheduler.core;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.forecast.Moments;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Explanation;
import java.util.Optional;

/// What was decided about a task, and why.
///
/// @param task the task as it is now
/// @param losses how often it was taken from a lost instance
/// @param attempts its placements that are remembered, the first one first; none when they were
///   dropped or it has not been placed yet
/// @param outlook what it waits for, while it is queued
public record TaskExplanation(
    TaskSnapshot task, int losses, ImmutableList<Attempt> attempts, Optional<Outlook> outlook) {
  /// One placement.
  ///
  /// @param number number of the attempt, from 1
  /// @param strategy strategy that decided
  /// @param overridden whether the task asked for that strategy itself
  /// @param fallback whether it stood in for a strategy that failed
  /// @param binding when that strategy binds tasks
  /// @param instance uuid of the chosen instance
  /// @param why the strategy's own words
  /// @param queueWaitMs time from submission to the decision
  /// @param estimate how long the task was expected to execute on the chosen instance
  /// @param considered how many instances could have taken it
  /// @param candidates the most promising of them, best first, the chosen one included
  public record Attempt(
      int number,
      String strategy,
      boolean overridden,
      boolean fallback,
      Binding binding,
      String instance,
      Explanation why,
      double queueWaitMs,
      Estimate estimate,
      int considered,
      ImmutableList<Candidate> candidates) {
    /// Most candidates of an attempt.
    public static final int MOST_CANDIDATES = 16;
  }

  /// An instance that could have taken the task, as it was then. Times are ms.
  ///
  /// @param instance its uuid
  /// @param score what the strategy compared, the least is best; NaN when it compares nothing
  /// @param waiting time until the task would have started there
  /// @param execution time it would have executed there
  /// @param missProbability probability to miss its objective there; NaN without one
  /// @param outstanding tasks assigned to it and not yet finished
  /// @param slots tasks it can run at the same moment
  /// @param load share of its capacity in use, 0 to 1
  /// @param cachedBlocks leading blocks of the task's prefix that were sent to it lately
  public record Candidate(
      String instance,
      double score,
      Moments waiting,
      ExecutionTime execution,
      double missProbability,
      int outstanding,
      int slots,
      double load,
      int cachedBlocks) {}

  /// What a queued task waits for.
  ///
  /// @param queued tasks waiting for its model, itself included
  /// @param waitedMs how long it has waited
  /// @param waiting time until a task submitted now would start
  /// @param slots tasks that can run at the same moment, over all instances that serve the model
  public record Outlook(int queued, double waitedMs, Moments waiting, int slots) {}
}
