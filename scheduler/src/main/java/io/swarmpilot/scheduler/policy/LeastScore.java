package io.swarmpilot.scheduler.policy;

/// Finds the candidate with the least (score, error, tasks); equal ones take turns.
final class LeastScore {
  private LeastScore() {}

  /// Index of the candidate with the least score by a policy.
  static int of(Policy policy, WaitingTask task, Candidates candidates, PoolView pool) {
    int size = candidates.size();
    int best = Rotation.start(candidates);
    double bestScore = Rotation.orInfinity(policy.score(task, candidates, best, pool));
    for (int step = 1, i = best; step < size; step++) {
      i = i + 1 == size ? 0 : i + 1;
      double score = Rotation.orInfinity(policy.score(task, candidates, i, pool));
      if (score < bestScore || (score == bestScore && breaksTie(candidates, i, best))) {
        best = i;
        bestScore = score;
      }
    }
    return best;
  }

  private static boolean breaksTie(Candidates candidates, int challenger, int best) {
    int byError =
        Double.compare(
            Rotation.orInfinity(candidates.waitError(challenger)),
            Rotation.orInfinity(candidates.waitError(best)));
    return byError < 0
        || (byError == 0 && candidates.outstanding(challenger) < candidates.outstanding(best));
  }
}
