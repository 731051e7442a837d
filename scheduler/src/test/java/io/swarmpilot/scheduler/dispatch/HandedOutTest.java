package io.swarmpilot.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.core.HeldTask;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// When an instance has lost sight of a task, and when it only seems so.
final class HandedOutTest {
  private static final long GRACE = 1_000;

  @Test
  void aTaskThatIsNeitherHeldNorHeardOfIsMissed() {
    HandedOut tasks = new HandedOut(GRACE, 0);
    tasks.gave("held", 1);
    tasks.gave("lost", 1);
    assertThat(firstMiss(tasks, 1, 5_000)).isBetween(2 * GRACE, 3 * GRACE);
  }

  @Test
  void noTaskIsMissedWhileAllAreHeld() {
    HandedOut tasks = new HandedOut(GRACE, 0);
    tasks.holds(List.of(new HeldTask("a", 1, true), new HeldTask("b", 3, false)));
    assertThat(firstMiss(tasks, 2, 50_000)).isNegative();
  }

  @Test
  void aTaskThatMayStillBeUnderWayIsNotMissed() {
    HandedOut tasks = new HandedOut(GRACE, 0);
    for (long now = 0; now < 50_000; now += 100) {
      tasks.gave("t" + now, 1);
      tasks.told(0);
      assertThat(tasks.tick(now)).isFalse();
      tasks.heardOf("t" + (now - 900), 1);
    }
  }

  @Test
  void theEndOfAnEarlierAttemptIsNotItsEnd() {
    HandedOut tasks = new HandedOut(GRACE, 0);
    tasks.gave("t", 2);
    tasks.heardOf("t", 1);
    assertThat(firstMiss(tasks, 0, 5_000)).isPositive();
  }

  @Test
  void aLaterAttemptStartsTheTimeAnew() {
    HandedOut tasks = new HandedOut(GRACE, 0);
    tasks.gave("t", 1);
    tasks.tick(1_500);
    tasks.told(0);
    tasks.gave("t", 2);
    tasks.told(1);
    assertThat(tasks.tick(2_600)).as("the attempt of the sample is over").isFalse();
  }

  @Test
  void aTaskThatWasOvertakenIsMissed() {
    HandedOut tasks = new HandedOut(GRACE, 0);
    tasks.gave("lost", 1);
    tasks.tick(1_000);
    tasks.gave("soon after", 1);
    tasks.started("soon after", 1);
    assertThat(tasks.tick(1_000)).isFalse();
    tasks.tick(1_001);
    tasks.gave("long after", 1);
    tasks.gave("of another attempt", 2);
    tasks.started("of another attempt", 1);
    assertThat(tasks.tick(1_001)).isFalse();
    tasks.started("long after", 1);
    assertThat(tasks.tick(1_001)).isTrue();
  }

  /// Messages in order, each under way for less than the grace time, in every other life a loss.
  @Test
  void exactlyLossesAreMissed() {
    int losses = 0;
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean loses = random.nextBoolean();
      Line line = new Line(random);
      long now = 0;
      for (; now < 4 * GRACE; now += 10) {
        line.step(now);
      }
      line.losing = loses;
      for (; now < 30 * GRACE && !line.missed; now += 10) {
        line.step(now);
        assertThat(line.missed && line.losing == loses)
            .as("seed %d: nothing is lost yet", seed)
            .isFalse();
      }
      assertThat(line.missed).as("seed %d: loses %s", seed, loses).isEqualTo(loses);
      losses += loses ? 1 : 0;
    }
    assertThat(losses).isBetween(100, 400);
  }

  private static long firstMiss(HandedOut tasks, int held, long until) {
    for (long now = 0; now < until; now += 100) {
      tasks.told(held);
      if (tasks.tick(now)) {
        return now;
      }
    }
    return -1;
  }

  /// An instance with slots and a queue at the end of a slow line.
  private static final class Line {
    final SplittableRandom random;
    final HandedOut tasks = new HandedOut(GRACE, 0);
    final List<String> running = new ArrayList<>();
    final Deque<String> queue = new ArrayDeque<>();
    final Deque<Message> down = new ArrayDeque<>();
    final Deque<Message> up = new ArrayDeque<>();
    final int slots;
    int given;
    boolean losing;
    boolean missed;

    Line(SplittableRandom random) {
      this.random = random;
      this.slots = 1 + random.nextInt(5);
    }

    void step(long now) {
      missed |= tasks.tick(now);
      if (random.nextInt(8 * 5 / slots) == 0) {
        give("t" + given++, now);
      }
      while (!down.isEmpty() && down.peek().due() <= now) {
        queue.add(down.remove().text());
      }
      while (running.size() < slots && !queue.isEmpty()) {
        running.add(queue.peek());
        say("started " + queue.remove(), now);
      }
      if (!running.isEmpty() && random.nextInt(30 / slots) == 0) {
        say("ended " + running.remove(random.nextInt(running.size())), now);
      }
      if (now % 100 == 0) {
        say("held " + (running.size() + queue.size()), now);
      }
      while (!up.isEmpty() && up.peek().due() <= now) {
        hear(up.remove().text().split(" ", 2));
      }
    }

    private void give(String id, long now) {
      tasks.gave(id, 1);
      if (losing) {
        losing = false;
      } else {
        down.add(new Message(id, now + random.nextInt(400)));
      }
    }

    private void say(String text, long now) {
      up.add(new Message(text, now + random.nextInt(400)));
    }

    private void hear(String[] words) {
      switch (words[0]) {
        case "started" -> tasks.started(words[1], 1);
        case "ended" -> tasks.heardOf(words[1], 1);
        default -> tasks.told(Integer.parseInt(words[1]));
      }
    }
  }

  /// A message on its way.
  ///
  /// @param text what it says
  /// @param due when it arrives, unless one before it comes later
  private record Message(String text, long due) {}
}
