package io.swarmpilot.scheduler.queue;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The rules of [CentralQueue], told plainly: one list, searched anew for every question.
final class PlainQueue {
  private static final Comparator<QueuedTask> BY_ARRIVAL =
      comparingDouble((QueuedTask task) -> task.arrivalMs).thenComparingLong(task -> task.sequence);
  private static final Comparator<QueuedTask> BY_KEY =
      comparingDouble((QueuedTask task) -> task.key).thenComparingLong(task -> task.sequence);

  final List<QueuedTask> tasks = new ArrayList<>();
  private final QueueSettings settings;
  private final List<Accounts> accounts = new ArrayList<>();
  private int sinceOverdue = Integer.MAX_VALUE / 2;
  private int sinceDemoted;
  private double meanCost = Double.NaN;

  PlainQueue(QueueSettings settings) {
    this.settings = settings;
    forgetAccounts();
  }

  void add(QueuedTask task) {
    double cost = task.costMs;
    if (cost > 0 && Double.isFinite(cost)) {
      meanCost = Double.isNaN(meanCost) ? cost : meanCost + (cost - meanCost) / 64;
    } else {
      cost = Double.isNaN(meanCost) ? 1 : meanCost;
    }
    task.chargedMs = cost;
    task.demoted = false;
    enter(task);
    tasks.add(task);
  }

  void remove(QueuedTask task) {
    tasks.remove(task);
    task.demoted = false;
    leave(task);
  }

  void demote(QueuedTask task) {
    task.demoted = true;
    leave(task);
  }

  void reorder() {
    forgetAccounts();
    tasks.forEach(task -> task.demoted = false);
    tasks.forEach(this::enter);
  }

  Optional<QueuedTask> next(double nowMs) {
    if (isOverdueTurn(nowMs)) {
      return oldest();
    }
    Optional<QueuedTask> demoted = demoted().min(BY_ARRIVAL);
    if (demoted.isPresent() && sinceDemoted >= settings.demotedEvery() - 1) {
      return demoted;
    }
    return ordinary().min(comparingInt(task -> task.band)).map(this::firstOfBand).or(() -> demoted);
  }

  void take(QueuedTask task, double nowMs) {
    boolean overdueTurn = isOverdueTurn(nowMs) && oldest().orElseThrow() == task;
    if (overdueTurn) {
      sinceOverdue = 0;
    } else {
      sinceOverdue++;
      sinceDemoted = task.demoted ? 0 : sinceDemoted + (demoted().count() > 0 ? 1 : 0);
    }
    if (!task.demoted) {
      charge(task);
    }
    remove(task);
  }

  Optional<QueuedTask> oldest() {
    return tasks.stream().min(BY_ARRIVAL);
  }

  List<QueuedTask> byArrival() {
    return tasks.stream().sorted(BY_ARRIVAL).toList();
  }

  Stream<QueuedTask> demoted() {
    return tasks.stream().filter(task -> task.demoted);
  }

  private boolean isOverdueTurn(double nowMs) {
    return sinceOverdue >= settings.overdueEvery() - 1
        && oldest().isPresent()
        && nowMs - oldest().get().arrivalMs > settings.overdueAfterMs();
  }

  private Stream<QueuedTask> ordinary() {
    return tasks.stream().filter(task -> !task.demoted);
  }

  private Stream<QueuedTask> ofBand(int band) {
    return ordinary().filter(task -> task.band == band);
  }

  private QueuedTask firstOfBand(QueuedTask any) {
    Accounts shares = accounts.get(any.band);
    String user =
        ofBand(any.band)
            .map(task -> task.user)
            .distinct()
            .min(comparingDouble(shares::served).thenComparingLong(shares::activeSince))
            .orElseThrow();
    Map<Integer, QueuedTask> heads = new HashMap<>();
    ofBand(any.band)
        .filter(task -> task.user.equals(user))
        .forEach(t -> heads.merge(t.orderClass, t, (a, b) -> BY_KEY.compare(a, b) < 0 ? a : b));
    return heads.values().stream()
        .max(
            comparingDouble((QueuedTask t) ->
                    Double.isNaN(t.urgency) ? Double.NEGATIVE_INFINITY : t.urgency)
                .thenComparing(BY_KEY.reversed()))
        .orElseThrow();
  }

  private void forgetAccounts() {
    accounts.clear();
    for (int i = 0; i < CentralQueue.BANDS; i++) {
      accounts.add(new Accounts());
    }
  }

  private void enter(QueuedTask task) {
    Accounts shares = accounts.get(task.band);
    if (ofBand(task.band).noneMatch(t -> t != task && t.user.equals(task.user))
        || !shares.served.containsKey(task.user)) {
      shares.served.merge(task.user, shares.virtualTime, Math::max);
      shares.activeSince.put(task.user, task.sequence);
    }
    shares.activeSince.merge(task.user, task.sequence, Math::min);
  }

  private void leave(QueuedTask task) {
    if (ofBand(task.band).findAny().isEmpty()) {
      Accounts shares = accounts.get(task.band);
      shares.virtualTime = shares.latest;
    }
  }

  private void charge(QueuedTask task) {
    Accounts shares = accounts.get(task.band);
    double least = ofBand(task.band).mapToDouble(t -> shares.served(t.user)).min().orElseThrow();
    shares.virtualTime = Math.max(shares.virtualTime, least);
    double served =
        Math.min(
            shares.served(task.user) + task.chargedMs, shares.virtualTime + settings.mostDebtMs());
    shares.served.put(task.user, served);
    shares.latest = Math.max(shares.latest, served);
  }

  /// What the users of a band were given.
  private static final class Accounts {
    final Map<String, Double> served = new HashMap<>();
    final Map<String, Long> activeSince = new HashMap<>();
    double virtualTime;
    double latest;

    double served(String user) {
      return served.getOrDefault(user, Double.NaN);
    }

    long activeSince(String user) {
      return activeSince.getOrDefault(user, -1L);
    }
  }
}
