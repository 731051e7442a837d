package io.swarmpilot.scheduler.queue;

import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tasks of a model that wait for an instance, and whose turn it is.
///
/// The lowest band goes first. Within it users take turns by the work done for them (see
/// [FairBand]); of a user's tasks the one of the most urgent class, and within a class the one with
/// the least key. *Demoted* tasks form a lane of their own, first come, first served: they go when
/// nothing else waits, and take one of every `demotedEvery` turns otherwise. A task that has waited
/// longer than `overdueAfterMs` is *overdue*; the oldest of all tasks, whatever its band, user or
/// lane, takes one of every `overdueEvery` turns while it is overdue.
///
/// **No task starves.** Let n older tasks wait when a task becomes overdue: they are overdue too.
/// Of any `overdueEvery` turns in a row one is given to the oldest; so each such stretch of turns
/// either starts one of the n, or once they are gone, the task itself. It starts within
/// `overdueEvery × (n + 1)` turns after `overdueAfterMs`, and the oldest task of all within
/// `overdueEvery` turns. (An older task that comes back after its instance was lost adds to n.)
///
/// Every operation costs O(log n) and allocates nothing but the record of a user not seen lately.
/// Used by one thread.
public final class CentralQueue<T> {
  /// One more than the highest band.
  public static final int BANDS = 8;

  /// Weight of a new task in the mean cost.
  private static final double MEAN_WEIGHT = 1.0 / 64;

  private final QueueSettings settings;
  private final List<FairBand<T>> bands = new ArrayList<>(BANDS);
  private final NodeHeap<QueueEntry<T>> demoted = new NodeHeap<>();
  private final NodeHeap<QueueEntry.Age<T>> ages = new NodeHeap<>();
  private @Nullable QueueEntry<T> overdue;
  private int turnsSinceOverdue;
  private int turnsSinceDemoted;
  private double meanCostMs = Double.NaN;

  /// An empty queue.
  public CentralQueue(QueueSettings settings) {
    this.settings = settings;
    this.turnsSinceOverdue = settings.overdueEvery();
    for (int i = 0; i < BANDS; i++) {
      bands.add(new FairBand<>(settings.mostDebtMs()));
    }
  }

  /// Adds a task.
  ///
  /// @param entry its entry, in no queue
  /// @param band its band, 0 to 7, the lowest first; others count as the nearest
  /// @param user who shares the band fairly with others; one and the same for all tasks when it is
  ///   not shared
  /// @param key the least goes first within a class, NaN last; equal ones by sequence
  /// @param orderClass its class, the heads of classes are compared by urgency
  /// @param costMs what its user is charged: its expected execution time, ms; unless positive and
  ///   finite it is unknown, and the mean of the others is charged
  /// @param arrivalMs when it was submitted, ms of the scheduler's monotonic clock
  public void add(
      QueueEntry<T> entry,
      int band,
      String user,
      double key,
      int orderClass,
      double costMs,
      double arrivalMs) {
    checkState(entry.line == null, "the task waits already");
    entry.rank = HeapNode.orInfinity(key);
    entry.costMs = cost(costMs);
    entry.age.rank = HeapNode.orInfinity(arrivalMs);
    ages.add(entry.age);
    band(band).add(entry, user, orderClass(orderClass));
  }

  /// Removes a task out of turn, as when it is cancelled; one that does not wait here is left
  /// alone.
  public void remove(QueueEntry<T> entry) {
    if (!contains(entry)) {
      return;
    }
    ages.remove(entry.age);
    overdue = entry == overdue ? null : overdue;
    UserFlow<T> flow = entry.flow;
    if (flow == null) {
      demoted.remove(entry);
      entry.line = null;
    } else {
      flow.band.remove(entry);
    }
  }

  /// Moves a waiting task to the demoted ones, until it leaves or all are sorted anew.
  public void demote(QueueEntry<T> entry) {
    UserFlow<T> flow = entry.flow;
    if (flow == null || !contains(entry)) {
      return;
    }
    flow.band.remove(entry);
    entry.rank = entry.arrivalMs();
    entry.line = demoted;
    demoted.add(entry);
  }

  /// Whether the task waits here.
  public boolean contains(QueueEntry<T> entry) {
    return ages.contains(entry.age);
  }

  /// The task whose turn it is, `null` when none waits. It stays in the queue, and it stays its
  /// turn until tasks come, go or become overdue, or urgencies change.
  public @Nullable QueueEntry<T> next(double nowMs, Urgency<T> urgency) {
    QueueEntry<T> oldest = oldest();
    overdue = oldest != null && isOverdueTurn(oldest, nowMs) ? oldest : null;
    if (overdue != null) {
      return overdue;
    }
    QueueEntry<T> hopeless = demoted.peek();
    if (hopeless != null && turnsSinceDemoted >= settings.demotedEvery() - 1) {
      return hopeless;
    }
    for (int i = 0; i < BANDS; i++) {
      QueueEntry<T> head = bands.get(i).head(urgency);
      if (head != null) {
        return head;
      }
    }
    return hopeless;
  }

  /// Removes the task whose turn it is, as [#next] told, and charges the turn to its lane and user.
  public void take(QueueEntry<T> entry) {
    checkState(contains(entry), "the task does not wait");
    countTurn(entry);
    UserFlow<T> flow = entry.flow;
    if (flow != null) {
      ages.remove(entry.age);
      flow.band.take(entry);
    } else {
      remove(entry);
    }
  }

  /// The task that was submitted first, `null` when none waits.
  public @Nullable QueueEntry<T> oldest() {
    QueueEntry.Age<T> first = ages.peek();
    return first == null ? null : first.entry;
  }

  /// Number of tasks that wait.
  public int size() {
    return ages.size();
  }

  /// Whether none waits.
  public boolean isEmpty() {
    return ages.isEmpty();
  }

  /// Number of demoted tasks that wait.
  public int demoted() {
    return demoted.size();
  }

  /// Shows every task that waits, in order of arrival; costs O(n log n). The queue must not be
  /// changed meanwhile.
  public void forEach(Consumer<? super T> action) {
    ages.sort();
    for (int i = 0; i < ages.size(); i++) {
      action.accept(ages.at(i).entry.task);
    }
  }

  /// Sorts all tasks anew, as when the policy was switched, in O(n). Demoted ones are like others
  /// again and users' accounts begin anew; what is known of turns and costs stays.
  public void reorder(Keys<T> keys) {
    bands.forEach(FairBand::clear);
    demoted.clear();
    for (int i = 0; i < ages.size(); i++) {
      QueueEntry<T> entry = ages.at(i).entry;
      T task = entry.task;
      entry.rank = HeapNode.orInfinity(keys.key(task));
      int orderClass = orderClass(keys.orderClass(task));
      band(keys.band(task)).append(entry, keys.user(task), orderClass);
    }
    bands.forEach(FairBand::heapify);
  }

  /// Number of users it keeps an account of.
  int users() {
    return bands.stream().mapToInt(FairBand::users).sum();
  }

  private boolean isOverdueTurn(QueueEntry<T> oldest, double nowMs) {
    return turnsSinceOverdue >= settings.overdueEvery() - 1
        && nowMs - oldest.arrivalMs() > settings.overdueAfterMs();
  }

  private void countTurn(QueueEntry<T> entry) {
    if (entry == overdue) {
      turnsSinceOverdue = 0;
    } else {
      turnsSinceOverdue = Math.min(turnsSinceOverdue + 1, settings.overdueEvery());
      if (entry.isDemoted()) {
        turnsSinceDemoted = 0;
      } else if (!demoted.isEmpty()) {
        turnsSinceDemoted = Math.min(turnsSinceDemoted + 1, settings.demotedEvery());
      }
    }
    overdue = null;
  }

  private double cost(double costMs) {
    if (costMs > 0 && costMs < Double.POSITIVE_INFINITY) {
      double mean = Double.isNaN(meanCostMs) ? costMs : meanCostMs;
      meanCostMs = mean + MEAN_WEIGHT * (costMs - mean);
      return costMs;
    }
    return Double.isNaN(meanCostMs) ? 1 : meanCostMs;
  }

  private FairBand<T> band(int band) {
    return bands.get(Math.clamp(band, 0, BANDS - 1));
  }

  private int orderClass(int orderClass) {
    return Math.floorMod(orderClass, settings.mostClasses());
  }
}
