package io.swarmpilot.scheduler.queue;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;

/// How many tasks each user may have at once. Knows only users who have some. Those who do not say
/// who they are, "", count as one user.
public final class UserQuota {
  private final int most;
  private final Multiset<String> held = HashMultiset.create();

  /// A quota.
  ///
  /// @param most tasks a user may have, at least 1; `Integer.MAX_VALUE` for any number
  public UserQuota(int most) {
    checkArgument(most >= 1, "most (expected: 1 or more)");
    this.most = most;
  }

  /// Counts one more task of a user, unless that is too many.
  ///
  /// @return whether it was counted
  public boolean tryAcquire(String user) {
    if (held.count(user) >= most) {
      return false;
    }
    held.add(user);
    return true;
  }

  /// Counts one task of a user less; without effect when none is counted.
  public void release(String user) {
    held.remove(user);
  }

  /// Tasks counted for a user.
  public int held(String user) {
    return held.count(user);
  }

  /// Number of users who have tasks.
  public int users() {
    return held.elementSet().size();
  }
}
