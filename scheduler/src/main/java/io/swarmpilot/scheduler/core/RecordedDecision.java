package io.swarmpilot.scheduler.core;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.scheduler.core.TaskExplanation.Attempt;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Binding;
import io.swarmpilot.scheduler.policy.Candidates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a decision was made from: enough to ask the policy for its reasons later on. Filled again
/// and again.
final class RecordedDecision implements Candidates {
  private static final int MOST = Attempt.MOST_CANDIDATES;

  private final Shortlist best = new Shortlist(MOST - 1);
  private final List<RecordedCandidate> candidates = new ArrayList<>(1);
  private final RecordedPool pool = new RecordedPool();
  private int size;
  private int considered;
  private long number = -1;
  private long previous = -1;
  private long lastChosen;
  private int attempt;
  private long taskSequence;
  private @Nullable GuardedPolicy policy;
  private Estimates estimates = Estimates.NONE;
  private @Nullable Estimate estimate;
  private Binding binding = Binding.LATE;
  private boolean fellBack;

  /// Takes in a decision.
  void fill(
      long number,
      ModelPool from,
      GuardedPolicy by,
      TaskEntry about,
      CandidateTable shown,
      int chosen) {
    this.number = number;
    previous = about.decision;
    attempt = about.attempt + 1;
    taskSequence = about.sequence;
    policy = by;
    fellBack = by.fellBack();
    binding = from.policy().binding();
    estimates = about.estimates;
    estimate = about.estimates.on(shown.instance(chosen).status.target());
    lastChosen = shown.lastChosen();
    considered = shown.considered();
    pool.fill(from);
    keepBest(from, by, about, shown, chosen);
  }

  long number() {
    return number;
  }

  /// Number of the decision about the task's attempt before; negative for none.
  long previous() {
    return previous;
  }

  boolean isAbout(TaskEntry other) {
    return taskSequence == other.sequence;
  }

  /// The decision as users see it.
  Attempt attempt(TaskEntry about) {
    if (policy == null || estimate == null) {
      throw new IllegalStateException("nothing is recorded");
    }
    RecordedTask then = new RecordedTask(about, estimates.fastest());
    return new Attempt(
        attempt,
        fellBack ? GuardedPolicy.FALLBACK.name() : policy.name(),
        policy.name().equals(about.traits.strategy()),
        fellBack,
        binding,
        candidates.getFirst().uuid,
        policy.explain(fellBack, then, this, pool),
        pool.nowMs() - about.arrivalMs(),
        estimate,
        considered,
        candidates.subList(0, size).stream()
            .sorted(Comparator.comparingDouble(RecordedCandidate::sortedBy))
            .map(RecordedCandidate::shown)
            .collect(ImmutableList.toImmutableList()));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long ordinal(int index) {
    return candidates.get(index).ordinal;
  }

  @Override
  public String uuid(int index) {
    return candidates.get(index).uuid;
  }

  @Override
  public double waitMean(int index) {
    return candidates.get(index).waitMean;
  }

  @Override
  public double waitError(int index) {
    return candidates.get(index).waitError;
  }

  @Override
  public ExecutionTime executionTime(int index) {
    return candidates.get(index).time;
  }

  @Override
  public double slowdown(int index) {
    return candidates.get(index).slowdown;
  }

  @Override
  public double missProbability(int index, double withinMs) {
    return candidates.get(index).miss;
  }

  @Override
  public int outstanding(int index) {
    return candidates.get(index).outstanding;
  }

  @Override
  public int slots(int index) {
    return candidates.get(index).slots;
  }

  @Override
  public double load(int index) {
    return candidates.get(index).load;
  }

  @Override
  public double latencyMean(int index) {
    return candidates.get(index).latencyMean;
  }

  @Override
  public double tokensPerSecond(int index) {
    return candidates.get(index).tokensPerSecond;
  }

  @Override
  public String hardware(int index) {
    return candidates.get(index).hardware;
  }

  @Override
  public int gpus(int index) {
    return candidates.get(index).gpus;
  }

  @Override
  public int cachedBlocks(int index) {
    return candidates.get(index).cachedBlocks;
  }

  @Override
  public double readingMs(int index) {
    return candidates.get(index).readingMs;
  }

  @Override
  public long lastChosen() {
    return lastChosen;
  }

  /// Keeps the chosen candidate, as the first, and those with the least scores.
  private void keepBest(
      ModelPool from, GuardedPolicy by, TaskEntry about, CandidateTable shown, int chosen) {
    double within = about.deadlineMs() - from.nowMs();
    size = 0;
    keep(shown, chosen, by.score(about, shown, chosen, from), within);
    best.clear();
    int looked = Math.min(shown.size(), CandidateTable.MOST);
    for (int i = 0; i < looked; i++) {
      double score = i == chosen ? Double.NaN : by.score(about, shown, i, from);
      if (score < best.worst()) {
        double _ = best.add(i, score);
      }
    }
    for (int i = 0; i < best.size(); i++) {
      keep(shown, best.place(i), best.number(i), within);
    }
  }

  private void keep(CandidateTable shown, int index, double score, double within) {
    if (size == candidates.size()) {
      candidates.add(new RecordedCandidate());
    }
    candidates.get(size++).fill(shown, index, score, within);
  }
}
