package io.swarmpilot.benchmark.simulate.reference;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.measure.Lives;
import io.swarmpilot.benchmark.simulate.replica.Notice;
import io.swarmpilot.benchmark.simulate.replica.Site;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/// A run of tasks on the replicas of a fleet, given to them by whoever extends this.
abstract class SiteRun {
  final Workload tasks;
  final Site site;
  private final Lives lives;
  private final List<Notice> notices = new ArrayList<>();
  private long now;

  SiteRun(Fleet fleet, Faults faults, Workload tasks) {
    this.tasks = tasks;
    this.site = new Site(fleet, faults, tasks);
    this.lives = new Lives(tasks.size());
  }

  /// Runs all tasks to their end.
  final Lives run() {
    int arrived = 0;
    while (arrived < tasks.size() || site.next() != Site.NEVER) {
      long arrival = arrived < tasks.size() ? tasks.arrivalNanos(arrived) : Site.NEVER;
      now = Math.min(arrival, site.next());
      if (now == site.next()) {
        site.happen(notices);
      } else {
        arrived(arrived++);
      }
      for (int i = 0; i < notices.size(); i++) {
        note(notices.get(i));
      }
      notices.clear();
    }
    return lives;
  }

  /// A task has arrived.
  abstract void arrived(int task);

  /// A task has ended.
  abstract void ended(int task, int replica);

  /// The first token of a task is there.
  abstract void answered(int task, int replica);

  final long now() {
    return now;
  }

  final void give(int replica, int task) {
    site.give(replica, task, now, notices);
  }

  private void note(Notice notice) {
    switch (notice.what()) {
      case STARTED -> lives.started(notice.task(), notice.replica(), now);
      case FIRST_TOKEN -> {
        lives.answered(notice.task(), now);
        answered(notice.task(), notice.replica());
      }
      case ENDED -> {
        lives.ended(notice.task(), now);
        ended(notice.task(), notice.replica());
      }
    }
  }
}
