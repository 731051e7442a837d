package io.swarmpilot.scheduler.queue;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tasks of a band, whose users take turns by the work that was done for them.
///
/// This is deficit round robin without the rounds. There, every user is visited and given a quantum
/// until one has saved enough for its next task, which takes many visits when tasks differ a
/// thousandfold. Here each user's account says up to which virtual time it has been served; the
/// least goes next and is charged the expected execution time of its task. So between users that
/// have tasks waiting, what they were given since both had differs by at most one task of each, and
/// a turn costs O(log users). Source: start-time fair queueing, Goyal et al. 1996.
///
/// A user who had nothing waiting has no credit: the account starts at the virtual time of the band
/// (the least account when one was last charged). It keeps its debt, though, until the others have
/// caught up, or else one that always has a single task waiting would never pay for it.
final class FairBand<T> {
  /// Users without tasks whose debts are remembered; above, the least debt is forgiven.
  private static final int MOST_RESTING = 1_024;

  private final double mostDebtMs;
  private final Map<String, UserFlow<T>> flows = new HashMap<>();
  private final NodeHeap<UserFlow<T>> waiting = new NodeHeap<>();
  private final NodeHeap<UserFlow<T>> resting = new NodeHeap<>();
  private double virtualTime;
  private double latest;

  FairBand(double mostDebtMs) {
    this.mostDebtMs = mostDebtMs;
  }

  /// Number of users it knows.
  int users() {
    return flows.size();
  }

  void add(QueueEntry<T> entry, String user, int orderClass) {
    UserFlow<T> flow = flow(user);
    if (flow.isEmpty()) {
      if (resting.contains(flow)) {
        resting.remove(flow);
      }
      flow.rank = Math.max(flow.rank, virtualTime);
      flow.tie = entry.tie;
      waiting.add(flow);
    } else if (entry.tie < flow.tie) {
      flow.tie = entry.tie;
      waiting.changed(flow);
    }
    flow.add(entry, orderClass);
  }

  void remove(QueueEntry<T> entry) {
    UserFlow<T> flow = requireNonNull(entry.flow);
    flow.remove(entry);
    if (!flow.isEmpty()) {
      return;
    }
    waiting.remove(flow);
    resting.add(flow);
    if (resting.size() > MOST_RESTING) {
      forget(requireNonNull(resting.peek()));
    }
    if (waiting.isEmpty()) {
      virtualTime = latest;
    }
  }

  /// The task that goes first, `null` when it is empty.
  @Nullable QueueEntry<T> head(Urgency<T> urgency) {
    UserFlow<T> flow = waiting.peek();
    return flow == null ? null : flow.head(urgency);
  }

  /// Removes a task and charges its user for it.
  void take(QueueEntry<T> entry) {
    charge(requireNonNull(entry.flow), entry.costMs);
    remove(entry);
  }

  /// A task that leaves at little cost, `null` when it is empty.
  @Nullable QueueEntry<T> any() {
    UserFlow<T> flow = waiting.peek();
    return flow == null ? null : flow.any();
  }

  private void charge(UserFlow<T> flow, double costMs) {
    virtualTime = Math.max(virtualTime, requireNonNull(waiting.peek()).rank);
    flow.rank = Math.min(flow.rank + costMs, virtualTime + mostDebtMs);
    latest = Math.max(latest, flow.rank);
    waiting.changed(flow);
    for (UserFlow<T> rested = resting.peek();
        rested != null && rested.rank <= virtualTime;
        rested = resting.peek()) {
      forget(rested);
    }
  }

  private void forget(UserFlow<T> flow) {
    resting.remove(flow);
    flows.remove(flow.user);
  }

  private UserFlow<T> flow(String user) {
    UserFlow<T> known = flows.get(user);
    if (known != null) {
      return known;
    }
    UserFlow<T> flow = new UserFlow<>(this, user);
    flows.put(user, flow);
    return flow;
  }
}
