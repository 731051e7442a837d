package io.swarmpilot.scheduler.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The queue beside the plain telling of its rules, on random sequences of operations.
class CentralQueueOracleTest {
  private static final int SEEDS = 400;
  private static final int OPERATIONS = 400;
  private static final double[] COSTS = {
    1, 2, 3, 5, 100, 2_000, 0, -1, Double.NaN, Double.POSITIVE_INFINITY
  };

  @Test
  void answersAsThePlainRulesDo() {
    for (long seed = 0; seed < SEEDS; seed++) {
      new Run(seed).go();
    }
  }

  private static final class Run {
    private final RandomGenerator random;
    private final String name;
    private final CentralQueue<QueuedTask> queue;
    private final PlainQueue plain;
    private final List<QueuedTask> gone = new ArrayList<>();
    private final int growth;
    private double now;
    private long sequence;

    Run(long seed) {
      random = new SplittableRandom(seed);
      name = "seed " + seed;
      growth = random.nextInt(20, 50);
      QueueSettings settings =
          new QueueSettings(
              random.nextBoolean() ? Double.POSITIVE_INFINITY : random.nextInt(400),
              0,
              random.nextInt(1, 6),
              random.nextInt(1, 8),
              random.nextBoolean() ? 10 : 1e6,
              64);
      queue = new CentralQueue<>(settings);
      plain = new PlainQueue(settings);
    }

    void go() {
      for (int i = 0; i < OPERATIONS; i++) {
        now += random.nextInt(5);
        operate();
        check();
      }
      while (!plain.tasks.isEmpty()) {
        take();
      }
      check();
      assertThat(queue.isEmpty()).as(name).isTrue();
    }

    private void operate() {
      int die = random.nextInt(100);
      if (die < growth) {
        add(fresh());
      } else if (die < 85) {
        take();
      } else if (die < 90) {
        any().ifPresent(this::remove);
      } else if (die < 94) {
        any().ifPresent(this::demote);
      } else if (die < 96 && !gone.isEmpty()) {
        add(gone.remove(random.nextInt(gone.size())));
      } else if (die < 99) {
        plain.tasks.forEach(task -> task.urgency = urgency());
      } else {
        plain.tasks.forEach(this::draw);
        plain.reorder();
        queue.reorder(new QueuedTask.OwnKeys());
      }
    }

    private QueuedTask fresh() {
      QueuedTask task = new QueuedTask(sequence++, now, COSTS[random.nextInt(COSTS.length)]);
      draw(task);
      return task;
    }

    private void draw(QueuedTask task) {
      task.band = random.nextInt(3);
      task.user = "user " + random.nextInt(4);
      task.key = random.nextInt(12) == 0 ? Double.NaN : random.nextInt(10);
      task.orderClass = random.nextInt(3);
      task.urgency = urgency();
    }

    private double urgency() {
      return random.nextInt(5) == 0 ? Double.NaN : random.nextInt(3);
    }

    private Optional<QueuedTask> any() {
      return plain.tasks.isEmpty()
          ? Optional.empty()
          : Optional.of(plain.tasks.get(random.nextInt(plain.tasks.size())));
    }

    private void add(QueuedTask task) {
      plain.add(task);
      task.addTo(queue);
    }

    private void remove(QueuedTask task) {
      plain.remove(task);
      queue.remove(task.entry);
      gone.add(task);
    }

    private void demote(QueuedTask task) {
      plain.demote(task);
      queue.demote(task.entry);
    }

    private void take() {
      QueueEntry<QueuedTask> next = queue.next(now, task -> task.urgency);
      if (next != null) {
        plain.take(next.task(), now);
        queue.take(next);
        gone.add(next.task());
      }
    }

    private void check() {
      QueueEntry<QueuedTask> next = queue.next(now, task -> task.urgency);
      assertThat(next == null ? null : next.task()).as(name).isSameAs(plain.next(now).orElse(null));
      QueueEntry<QueuedTask> oldest = queue.oldest();
      assertThat(oldest == null ? null : oldest.task())
          .as(name)
          .isSameAs(plain.oldest().orElse(null));
      assertThat(queue.size()).as(name).isEqualTo(plain.tasks.size());
      assertThat(queue.demoted()).as(name).isEqualTo((int) plain.demoted().count());
      if (random.nextInt(20) == 0) {
        List<QueuedTask> seen = new ArrayList<>();
        queue.forEach(seen::add);
        assertThat(seen).as(name).isEqualTo(plain.byArrival());
        assertThat(plain.tasks).as(name).allMatch(task -> queue.contains(task.entry));
        assertThat(gone).as(name).noneMatch(task -> queue.contains(task.entry));
      }
    }
  }
}
