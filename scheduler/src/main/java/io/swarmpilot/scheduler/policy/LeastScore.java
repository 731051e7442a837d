package io.swarmpilot.scheduler.policy;

/// Finds the candidate with the least (score, error, tasks); equal ones take turns.
final class LeastScore {
  private LeastScore() {}

  /// Index of the candidate with the least `waitMean + weight · waitError`.
  static int of(Candidates candidates, double weight) {
    int size = candidates.size();
    int best = Rotation.start(candidates);
    double bestScore = score(candidates, best, weight);
    for (int step = 1, i = best; step < size; step++) {
      i = i + 1 == size ? 0 : i + 1;
      double score = score(candidates, i, weight);
      if (score < bestScore || (score == bestScore && breaksTie(candidates, i, best))) {
        best = i;
        bestScore = score;
      }
    }
    return best;
  }

  private static double score(Candidates candidates, int index, double weight) {
    double mean = candidates.waitMean(index);
    return Rotation.orInfinity(
        weight == 0 ? mean : mean + weight * Rotation.orInfinity(candidates.waitError(index)));
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
