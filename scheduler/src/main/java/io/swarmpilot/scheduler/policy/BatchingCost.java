package io.swarmpilot.scheduler.policy;

import io.swarmpilot.scheduler.prefix.PromptBlocks;

/// What it costs all tasks together to add one to a replica that runs several in a batch: its own
/// expected completion, shortened by the prompt blocks cached there, plus the delay of those that
/// run there.
///
/// A batching replica reads a prompt by itself, while the others stand still, and then generates
/// for all of the batch at once. So a task first waits until the prompts before it are read; the
/// part of its execution that reads what is not cached delays each of the others by itself, and the
/// rest slows them a little. Source: our simulations of replicas with prefix caches, where counting
/// the delay of others met more objectives than the task's own completion alone, and counting the
/// prompts still to be read cut the time until the first token by a third.
public final class BatchingCost {
  /// Time to generate a token over the time to read one: between 100 and 250 on A100 and H100 with
  /// a model of 70 billion parameters.
  private static final double GENERATE_OVER_READ = 150;

  /// Tokens that an answer has: what chat and agent traces have on average, 211 to 343. A task that
  /// may generate fewer counts with those; the most it may generate is seldom what it does.
  private static final double TYPICAL_OUTPUT = 250;

  /// By which share one more task slows the generation of each of the others: a step of a batch of
  /// 32 takes about a third longer than of one.
  private static final double SLOWDOWN = 0.01;

  private BatchingCost() {}

  /// The cost of a task on a candidate, ms.
  static double of(WaitingTask task, Candidates candidates, int index) {
    double execution = candidates.executionMean(index);
    double unread = unreadMs(task, execution, candidates.cachedBlocks(index));
    double generating = execution - readingShare(task) * execution;
    double inflicted = candidates.outstanding(index) * (unread + SLOWDOWN * generating);
    double wait = Math.max(candidates.waitMean(index), candidates.readingMs(index));
    return wait + unread + generating + inflicted;
  }

  /// Time to read what is not cached of a task's prompt, ms.
  ///
  /// @param execution expected execution time of the task, ms
  /// @param cachedBlocks how many of its leading blocks are cached
  public static double unreadMs(WaitingTask task, double execution, int cachedBlocks) {
    return readingShare(task) * execution * (1 - hitShare(task, cachedBlocks));
  }

  /// Share of the execution in which the prompt is read when none of it is cached: of its tokens
  /// and those of the answer, as far as they are known. 0 when nothing is known of the prompt.
  static double readingShare(WaitingTask task) {
    double input = Math.max(0, task.inputTokens());
    if (input == 0) {
      input = (double) task.prefix().length() * PromptBlocks.TOKENS;
    }
    double output =
        task.maxTokens() > 0 ? Math.min(task.maxTokens(), TYPICAL_OUTPUT) : TYPICAL_OUTPUT;
    return input / (input + GENERATE_OVER_READ * output);
  }

  /// Share of the prompt that need not be read, given how many of its leading blocks are cached.
  static double hitShare(WaitingTask task, int cachedBlocks) {
    double blocks =
        Math.max(task.prefix().length(), (double) task.inputTokens() / PromptBlocks.TOKENS);
    return blocks > 0 ? Math.clamp(cachedBlocks / blocks, 0.0, 1.0) : 0;
  }
}
