package io.swarmpilot.predictor.live;

import com.google.common.primitives.Doubles;
import io.swarmpilot.predictor.feature.Features;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The recent executions that a query is judged by.
///
/// Those that contradict nothing in the query, if there are at least [#FEW]. Else the ones that
/// contradict it least are taken in as well: first those of another software version, then of other
/// software, other hardware, another name of the same type of model.
///
/// @param keys the executions
/// @param method [Method#LIVE] when none contradicts the query, else [Method#FALLBACK]
/// @param share share of what was asked for that all of them state alike, 0 to 1
record ExecutionGroup(List<RecentExecutions> keys, Method method, double share) {
  static final int FEW = 5;

  /// Bounds the work of a query that leaves much open.
  private static final int MAX_KEYS = 8;

  /// The group for a query among the executions of its type of model; empty when there are none.
  static Optional<ExecutionGroup> choose(ModelIdentity asked, List<RecentExecutions> known) {
    List<Candidate> candidates =
        known.stream()
            .map(key -> new Candidate(key, asked.compare(key.identity()), key.size()))
            .filter(candidate -> candidate.size > 0)
            .sorted(Candidate.BEST_FIRST)
            .toList();
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    List<Candidate> chosen = new ArrayList<>();
    int size = 0;
    int conflicts = 0;
    for (Candidate candidate : candidates) {
      boolean wider = candidate.match.conflicts() > conflicts;
      if (chosen.size() == MAX_KEYS || (wider && size >= FEW)) {
        break;
      }
      conflicts = candidate.match.conflicts();
      chosen.add(candidate);
      size += candidate.size;
    }
    return Optional.of(
        new ExecutionGroup(
            chosen.stream().map(Candidate::key).toList(),
            conflicts == 0 ? Method.LIVE : Method.FALLBACK,
            chosen.stream().mapToDouble(c -> c.match.share()).min().orElseThrow()));
  }

  /// How many executions there are in all.
  int size() {
    return keys.stream().mapToInt(RecentExecutions::size).sum();
  }

  /// The logarithms of the times (ms) that they say a task could take.
  double[] logTimesFor(Features features) {
    double[][] parts = keys.stream().map(key -> key.logTimesFor(features)).toArray(double[][]::new);
    return Doubles.concat(parts);
  }

  private record Candidate(RecentExecutions key, ModelIdentity.Match match, int size) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingInt((Candidate c) -> c.match.conflicts())
            .thenComparing(Comparator.comparingInt((Candidate c) -> c.match.equal()).reversed())
            .thenComparing(Comparator.comparingInt((Candidate c) -> c.size).reversed());
  }
}
