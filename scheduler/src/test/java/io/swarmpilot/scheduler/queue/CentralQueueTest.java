package io.swarmpilot.scheduler.queue;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class CentralQueueTest {
  private static final Urgency<QueuedTask> URGENCY = task -> task.urgency;

  private final QueueSettings settings = QueueSettings.DEFAULTS;
  private CentralQueue<QueuedTask> queue = new CentralQueue<>(settings);
  private long sequence;
  private double now;

  @Test
  void usersWithBacklogsGetEqualWorkWithinOneTask() {
    RandomGenerator random = new SplittableRandom(1);
    double longest = 0;
    for (int i = 0; i < 10_100; i++) {
      double cost = Math.exp(4 * random.nextGaussian());
      longest = Math.max(longest, cost);
      add(task(cost).of(i % 101 == 0 ? "small" : "large"));
    }
    double[] served = new double[2];
    for (int small = 100; small > 0; ) {
      QueuedTask task = take();
      boolean isSmall = task.user.equals("small");
      served[isSmall ? 0 : 1] += task.costMs;
      small -= isSmall ? 1 : 0;
      assertThat(Math.abs(served[0] - served[1])).isLessThanOrEqualTo(Math.min(longest, 600_000));
    }
  }

  @Test
  void idleUsersHaveNoCredit() {
    for (int i = 0; i < 1_000; i++) {
      add(task(10).of("steady"));
    }
    for (int i = 0; i < 500; i++) {
      take();
    }
    for (int i = 0; i < 100; i++) {
      add(task(10).of("late"));
    }
    int late = 0;
    for (int i = 0; i < 100; i++) {
      late += take().user.equals("late") ? 1 : 0;
    }
    assertThat(late).isBetween(49, 51);
  }

  /// Whose queue is empty each time a task of theirs is taken would otherwise begin anew each time.
  @Test
  void usersWithOneTaskAtATimePayForIt() {
    for (int i = 0; i < 5_000; i++) {
      add(task(1).of("small tasks"));
    }
    double[] served = new double[2];
    add(task(100).of("one at a time"));
    for (int i = 0; i < 4_000; i++) {
      QueuedTask task = take();
      boolean large = task.costMs == 100;
      served[large ? 0 : 1] += task.costMs;
      if (large) {
        add(task(100).of("one at a time"));
      }
    }
    assertThat(served[0]).isBetween(served[1] - 100, served[1] + 100);
  }

  /// T35: urgent work at 120 % of capacity, and one task that is in no hurry.
  @Test
  void startsWithinTheBoundUnderSteadyMoreUrgentWork() {
    double taskMs = 100;
    double everyMs = taskMs / 1.2;
    double next = 0;
    QueuedTask patient = task(taskMs).band(4);
    add(patient);
    int turnsOverdue = 0;
    for (int turn = 0; queue.contains(patient.entry); turn++) {
      now = turn * taskMs;
      for (; next <= now; next += everyMs) {
        add(new QueuedTask(sequence++, next, taskMs).band(1));
      }
      turnsOverdue += now - patient.arrivalMs > settings.overdueAfterMs() ? 1 : 0;
      take();
    }
    assertThat(turnsOverdue).isBetween(1, settings.overdueEvery());
  }

  @Test
  void everyTaskStartsWithinTheBound() {
    for (long seed = 0; seed < 20; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      queue = new CentralQueue<>(new QueueSettings(500, 0, 4, 16, 1e5, 64));
      now = 0;
      List<Waiting> waiting = new ArrayList<>();
      for (int turn = 0; turn < 3_000; turn++) {
        now += 1;
        for (int k = random.nextInt(turn < 1_500 ? 3 : 2); k > 0; k--) {
          QueuedTask task = task(random.nextInt(1, 50)).band(random.nextInt(5)).key(-turn);
          add(task.of("user " + random.nextInt(3)));
          waiting.add(new Waiting(task));
          if (random.nextInt(10) == 0) {
            queue.demote(task.entry);
          }
        }
        waiting.removeIf(w -> !queue.contains(w.task.entry));
        for (int i = 0; i < waiting.size(); i++) {
          waiting.get(i).observe(now, i);
        }
        if (!queue.isEmpty()) {
          take();
        }
      }
    }
  }

  @Test
  void demotedTasksGetTheirShareAndWhatIsLeft() {
    List<QueuedTask> demoted = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      QueuedTask task = task(1).band(i % 3).key(-i);
      add(task);
      demoted.add(task);
    }
    Collections.shuffle(demoted, new Random(1));
    demoted.forEach(task -> queue.demote(task.entry));
    for (int i = 0; i < 160; i++) {
      add(task(1));
    }
    List<Integer> turns = new ArrayList<>();
    List<Long> sequences = new ArrayList<>();
    for (int turn = 0; !queue.isEmpty(); turn++) {
      QueuedTask task = take();
      if (task.sequence < 20) {
        turns.add(turn);
        sequences.add(task.sequence);
      }
    }
    assertThat(turns.subList(0, 10)).containsExactly(15, 31, 47, 63, 79, 95, 111, 127, 143, 159);
    assertThat(turns.subList(10, 20))
        .containsExactly(170, 171, 172, 173, 174, 175, 176, 177, 178, 179);
    assertThat(sequences).isSorted();
  }

  @Test
  void overdueTasksTakeOneOfFourTurns() {
    for (int i = 0; i < 10; i++) {
      add(task(1).band(7));
    }
    now = settings.overdueAfterMs() + 1;
    for (int i = 0; i < 100; i++) {
      add(task(1));
    }
    List<Integer> turns = new ArrayList<>();
    for (int turn = 0; turn < 40; turn++) {
      if (take().band == 7) {
        turns.add(turn);
      }
    }
    assertThat(turns).containsExactly(0, 4, 8, 12, 16, 20, 24, 28, 32, 36);
  }

  @Test
  void classesAreSortedByKeyAndTheirHeadsByUrgency() {
    double[] urgencies = {Double.NaN, 0.5, Double.NEGATIVE_INFINITY, 0.5, 0.9};
    for (int i = 0; i < urgencies.length; i++) {
      QueuedTask task = task(1).key(10 - i);
      task.orderClass = i;
      task.urgency = urgencies[i];
      add(task);
    }
    long[] order = new long[urgencies.length];
    Arrays.setAll(order, _ -> take().sequence);
    assertThat(order).containsExactly(4, 3, 1, 2, 0);
  }

  @Test
  void urgencyIsNotAskedWithinOneClass() {
    add(task(1));
    add(task(1));
    assertThat(queue.next(0, _ -> fail())).isNotNull();
  }

  @Test
  void keysOrderAUsersTasksAndNanGoesLast() {
    add(task(1).key(Double.NaN));
    add(task(1).key(2));
    add(task(1).key(1));
    add(task(1).key(2));
    add(task(1).key(Double.NEGATIVE_INFINITY));
    long[] order = new long[5];
    Arrays.setAll(order, _ -> take().sequence);
    assertThat(order).containsExactly(4, 2, 1, 3, 0);
  }

  @Test
  void sortsAnewInTurnsThatEachSortSome() {
    int tasks = 4 * CentralQueue.SORTED_A_TURN + 1;
    for (int i = 0; i < tasks; i++) {
      add(task(1).band(i % 2).key(i));
    }
    queue.demote(requireNonNull(queue.oldest()));
    for (int round = 0; round < 3; round++) {
      queue.forEach(task -> task.band(0).key(-task.key));
      queue.reorder(new QueuedTask.OwnKeys());
      assertThat(queue.next(now, URGENCY)).isNotNull();
    }
    assertThat(take().key).isGreaterThan(-tasks + 1);
    QueuedTask late = task(1).key(-2 * tasks);
    add(late);
    assertThat(take()).isSameAs(late);
    for (int turn = 0; turn < 4; turn++) {
      assertThat(queue.next(now, URGENCY)).isNotNull();
    }
    assertThat(queue.demoted()).isZero();
    List<Double> keys = new ArrayList<>();
    while (!queue.isEmpty()) {
      keys.add(take().key);
    }
    assertThat(keys).hasSize(tasks - 1).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void overdueTasksHaveTheirTurnBeforeTheyAreSortedAnew() {
    for (int i = 0; i < 3 * CentralQueue.SORTED_A_TURN; i++) {
      add(task(1).key(-i));
    }
    QueueEntry<QueuedTask> oldest = requireNonNull(queue.oldest());
    queue.reorder(new QueuedTask.OwnKeys());
    queue.reorder(new QueuedTask.OwnKeys());
    now = 2 * settings.overdueAfterMs();
    assertThat(take()).isSameAs(oldest.task());
  }

  @Test
  void staysEmptyAfterManyOperations() {
    RandomGenerator random = new SplittableRandom(7);
    List<QueuedTask> waiting = new ArrayList<>();
    for (int i = 0; i < 100_000 || !waiting.isEmpty(); i++) {
      now += 1;
      if (i < 100_000 && random.nextInt(100) < 55) {
        QueuedTask task = task(random.nextDouble(100)).band(random.nextInt(8));
        add(task.of("user " + random.nextInt(5_000)).key(random.nextInt(100)));
        waiting.add(task);
      } else if (!waiting.isEmpty() && random.nextBoolean()) {
        QueuedTask task = waiting.remove(random.nextInt(waiting.size()));
        queue.demote(task.entry);
        queue.remove(task.entry);
      } else if (!waiting.isEmpty()) {
        waiting.remove(take());
      }
      assertThat(queue.size()).isEqualTo(waiting.size());
      assertThat(queue.users()).isLessThanOrEqualTo(waiting.size() + 8 * 1_024);
    }
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.demoted()).isZero();
    assertThat(queue.oldest()).isNull();
    assertThat(queue.next(now, URGENCY)).isNull();
  }

  @Test
  void forgetsUsersWhoHaveNothingToPay() {
    for (int i = 0; i < 20_000; i++) {
      add(task(1).of("user " + i));
      take();
    }
    assertThat(queue.users()).isLessThanOrEqualTo(2);
  }

  @Test
  void remembersABoundedNumberOfDebts() {
    add(task(1).of("steady").key(1));
    add(task(1e9).of("steady").key(2));
    for (int i = 0; i < 3_000; i++) {
      add(task(1_000).of("user " + i));
    }
    for (int i = 0; i < 3_001; i++) {
      take();
    }
    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.users()).isEqualTo(1_025);
  }

  @Test
  void refusesWhatWouldCorruptIt() {
    QueuedTask task = task(1);
    assertThatThrownBy(() -> queue.take(task.entry)).isInstanceOf(IllegalStateException.class);
    queue.remove(task.entry);
    queue.demote(task.entry);
    add(task);
    assertThatThrownBy(() -> add(task)).isInstanceOf(IllegalStateException.class);
    CentralQueue<QueuedTask> other = new CentralQueue<>(settings);
    other.remove(task.entry);
    other.demote(task.entry);
    assertThat(other.contains(task.entry)).isFalse();
    assertThat(take()).isSameAs(task);
    add(task);
    assertThat(take()).isSameAs(task);
  }

  private static double fail() {
    throw new AssertionError("asked");
  }

  private QueuedTask task(double costMs) {
    return new QueuedTask(sequence++, now, costMs);
  }

  private void add(QueuedTask task) {
    task.addTo(queue);
  }

  private QueuedTask take() {
    QueueEntry<QueuedTask> next = requireNonNull(queue.next(now, URGENCY));
    assertThat(queue.next(now, URGENCY)).isSameAs(next);
    queue.take(next);
    return next.task();
  }

  /// A task that counts its turns once it is overdue.
  private static final class Waiting {
    final QueuedTask task;
    private int turns;
    private int older = -1;

    Waiting(QueuedTask task) {
      this.task = task;
    }

    void observe(double now, int olderNow) {
      if (now - task.arrivalMs > 500) {
        older = older < 0 ? olderNow : older;
        turns++;
        assertThat(turns).isLessThanOrEqualTo(4 * (older + 1));
      }
    }
  }
}
