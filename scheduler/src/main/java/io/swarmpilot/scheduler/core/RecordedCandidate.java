package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.core.TaskExplanation.Candidate;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.forecast.Moments;

/// A candidate as it was when a decision was made. Filled again and again.
final class RecordedCandidate {
  String uuid = "";
  ExecutionTime time = ExecutionTime.of(0, 0);
  long ordinal;
  double score;
  double waitMean;
  double waitError;
  double readingMs;
  double slowdown;
  double miss;
  double load;
  double latencyMean;
  double tokensPerSecond;
  String hardware = "";
  int outstanding;
  int slots;
  int gpus;
  int cachedBlocks;

  void fill(CandidateTable from, int index, double scored, double withinMs) {
    uuid = from.uuid(index);
    time = from.executionTime(index);
    ordinal = from.ordinal(index);
    score = scored;
    waitMean = from.waitMean(index);
    waitError = from.waitError(index);
    readingMs = from.readingMs(index);
    slowdown = from.slowdown(index);
    miss =
        withinMs == Double.POSITIVE_INFINITY ? Double.NaN : from.missProbability(index, withinMs);
    load = from.load(index);
    latencyMean = from.latencyMean(index);
    tokensPerSecond = from.tokensPerSecond(index);
    outstanding = from.outstanding(index);
    slots = from.slots(index);
    hardware = from.hardware(index);
    gpus = from.gpus(index);
    cachedBlocks = from.cachedBlocks(index);
  }

  /// What candidates are shown in the order of.
  double sortedBy() {
    return Double.isNaN(score) ? Double.POSITIVE_INFINITY : score;
  }

  Candidate shown() {
    return new Candidate(
        uuid,
        score,
        new Moments(waitMean, waitError * waitError),
        slowdown == 1 ? time : time.scaled(slowdown),
        miss,
        outstanding,
        slots,
        load,
        cachedBlocks);
  }
}
