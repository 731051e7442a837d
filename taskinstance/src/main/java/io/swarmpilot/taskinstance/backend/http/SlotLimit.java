package io.swarmpilot.taskinstance.backend.http;

import io.swarmpilot.taskinstance.backend.EngineLoad;

/// How many requests an engine is sent at the same moment: as many as it is set to take, but fewer
/// while it queues requests, so that tasks wait where they can still be placed elsewhere. Used by
/// one thread.
final class SlotLimit {
  // An engine that full throws out work that was begun when it is given more.
  private static final double FULL = 0.95;
  // The share of the slots that others cannot crowd out.
  private static final int LEAST_SHARE = 8;

  private final int most;
  private int limit;
  private boolean waited;

  /// @param most requests it is set to take, at least 1
  SlotLimit(int most) {
    this.most = most;
    this.limit = most;
  }

  /// The requests it is sent at the same moment now, at least 1.
  int limit() {
    return limit;
  }

  /// Follows what the engine said last.
  ///
  /// @param own requests that it has from this replica
  void follow(EngineLoad load, int own) {
    boolean waits = load.waiting() > 0;
    if (waits && waited) {
      lower(load, own);
    } else if (!waits && !(load.cacheUse() >= FULL)) {
      limit = Math.min(most, limit + Math.max(1, most / LEAST_SHARE));
    }
    // One reading alone may have caught requests that are just being taken in.
    waited = waits;
  }

  /// By this replica's part in what waits.
  private void lower(EngineLoad load, int own) {
    int all = Math.max(own, load.running() + load.waiting());
    int part = all == 0 ? 1 : (int) Math.ceil((double) load.waiting() * own / all);
    int sent = Math.min(limit, Math.max(own, 1));
    limit = Math.max(Math.max(1, most / LEAST_SHARE), sent - Math.max(1, part));
  }
}
