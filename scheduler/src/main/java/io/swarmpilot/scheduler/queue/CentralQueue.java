package io.swarmpilot.scheduler.queue;

import static com.google.common.base.Preconditions.checkState;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The tasks of a model that wait for an instance, and whose turn it is.
///
/// The lowest band goes first. Within it users take turns by the work done for them (see
/// [FairBand]); of a user's tasks the one of the most urgent class, and within a class the one with
/// the least key. *Demoted* tasks form a lane of their own, first come, first served: they go when
/// nothing else waits, and take one of every `demotedEvery` turns otherwise. A task that has waited
/// longer than `overdueAfterMs`, and than `overdueAfterMeans` mean executions, is *overdue*; the
/// oldest of all tasks, whatever its band, user or lane, takes one of every `overdueEvery` turns
/// while it is overdue.
///
/// **No task starves.** Let n older tasks wait when a task becomes overdue: they are overdue too.
/// Of any `overdueEvery` turns in a row one is given to the oldest; so each such stretch of turns
/// either starts one of the n, or once they are gone, the task itself. It starts within
/// `overdueEvery × (n + 1)` turns after `overdueAfterMs`, and the oldest task of all within
/// `overdueEvery` turns. (An older task that comes back after its instance was lost adds to n.)
///
/// Every operation costs O(log n) and allocates nothing but the record of a user not seen lately.
/// [#reorder] too ends at once: the next turns each sort some hundred tasks anew before they
/// choose, from what is sorted by then and what has come since, so that no switch of policies
/// stalls anything. Used by one thread.
public final class CentralQueue<T> {
  /// One more than the highest band.
  public static final int BANDS = 8;

  /// How many tasks a turn sorts anew after [#reorder].
  static final int SORTED_A_TURN = 512;

  /// Weight of a new task in the mean cost.
  private static final double MEAN_WEIGHT = 1.0 / 64;

  private final QueueSettings settings;
  private final NodeHeap<QueueEntry.Age<T>> ages = new NodeHeap<>();
  private final Deque<Lanes<T>> unsorted = new ArrayDeque<>();
  private Lanes<T> lanes;
  private @Nullable Keys<T> keys;
  private @Nullable QueueEntry<T> overdue;
  private int turnsSinceOverdue;
  private int turnsSinceDemoted;
  private double meanCostMs = Double.NaN;

  /// An empty queue.
  public CentralQueue(QueueSettings settings) {
    this.settings = settings;
    this.turnsSinceOverdue = settings.overdueEvery();
    this.lanes = new Lanes<>(settings.mostDebtMs());
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
    entry.costMs = cost(costMs);
    entry.age.rank = HeapNode.orInfinity(arrivalMs);
    ages.add(entry.age);
    lanes.add(entry, band, user, key, orderClass(orderClass));
  }

  /// Removes a task out of turn, as when it is cancelled; one that does not wait here is left
  /// alone.
  public void remove(QueueEntry<T> entry) {
    if (!contains(entry)) {
      return;
    }
    ages.remove(entry.age);
    overdue = entry == overdue ? null : overdue;
    Lanes.remove(entry);
  }

  /// Moves a waiting task to the demoted ones, until it leaves or all are sorted anew.
  public void demote(QueueEntry<T> entry) {
    if (contains(entry) && !entry.isDemoted()) {
      lanes.demote(entry);
    }
  }

  /// Whether the task waits here.
  public boolean contains(QueueEntry<T> entry) {
    return ages.contains(entry.age);
  }

  /// The task whose turn it is, `null` when none waits. It stays in the queue, and it stays its
  /// turn until tasks come, go or become overdue, or urgencies change.
  public @Nullable QueueEntry<T> next(double nowMs, Urgency<T> urgency) {
    sortSome();
    QueueEntry<T> oldest = oldest();
    overdue = oldest != null && isOverdueTurn(oldest, nowMs) ? oldest : null;
    if (overdue != null) {
      return overdue;
    }
    QueueEntry<T> hopeless = lanes.demoted.peek();
    if (hopeless != null && turnsSinceDemoted >= settings.demotedEvery() - 1) {
      return hopeless;
    }
    QueueEntry<T> head = lanes.head(urgency);
    return head == null ? hopeless : head;
  }

  /// Removes the task whose turn it is, as [#next] told, and charges the turn to its lane and user.
  public void take(QueueEntry<T> entry) {
    checkState(contains(entry), "the task does not wait");
    countTurn(entry);
    ages.remove(entry.age);
    Lanes.take(entry);
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
    return lanes.demoted.size();
  }

  /// Shows every task that waits, in order of arrival; costs O(n log n). The queue must not be
  /// changed meanwhile.
  public void forEach(Consumer<? super T> action) {
    ages.sort();
    for (int i = 0; i < ages.size(); i++) {
      action.accept(ages.at(i).entry.task);
    }
  }

  /// Has all tasks sorted anew, as when the policy was switched. Demoted ones will be like others
  /// again, and users' accounts begin anew; what is known of turns and costs stays.
  ///
  /// @param keys says where tasks belong; asked by [#next] until all are sorted or this is called
  ///   again
  public void reorder(Keys<T> keys) {
    this.keys = keys;
    unsorted.addLast(lanes);
    lanes = new Lanes<>(settings.mostDebtMs());
  }

  /// Number of users it keeps an account of.
  int users() {
    return lanes.users();
  }

  private void sortSome() {
    Keys<T> anew = keys;
    int left = SORTED_A_TURN;
    while (anew != null && left > 0) {
      Lanes<T> before = unsorted.peekFirst();
      QueueEntry<T> entry = before == null ? null : before.any();
      if (entry != null) {
        sort(entry, anew);
        left--;
      } else if (before != null) {
        unsorted.removeFirst();
      } else {
        keys = null;
        return;
      }
    }
  }

  private void sort(QueueEntry<T> entry, Keys<T> anew) {
    Lanes.remove(entry);
    T task = entry.task;
    int orderClass = orderClass(anew.orderClass(task));
    lanes.add(entry, anew.band(task), anew.user(task), anew.key(task), orderClass);
  }

  private boolean isOverdueTurn(QueueEntry<T> oldest, double nowMs) {
    return turnsSinceOverdue >= settings.overdueEvery() - 1
        && nowMs - oldest.arrivalMs() > overdueAfterMs();
  }

  private double overdueAfterMs() {
    return Double.isNaN(meanCostMs)
        ? settings.overdueAfterMs()
        : Math.max(settings.overdueAfterMs(), settings.overdueAfterMeans() * meanCostMs);
  }

  private void countTurn(QueueEntry<T> entry) {
    if (entry == overdue) {
      turnsSinceOverdue = 0;
    } else {
      turnsSinceOverdue = Math.min(turnsSinceOverdue + 1, settings.overdueEvery());
      if (entry.isDemoted()) {
        turnsSinceDemoted = 0;
      } else if (!lanes.demoted.isEmpty()) {
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

  private int orderClass(int orderClass) {
    return Math.floorMod(orderClass, settings.mostClasses());
  }
}
