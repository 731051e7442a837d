package io.swarmpilot.scheduler.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/// What an order does to a central queue before 32 instances at load 0.85, with Poisson arrivals
/// and heavy-tailed sizes, in virtual time. Slowdown is response time over size.
final class QueueingExperimentTest {
  private static final int SERVERS = 32;
  private static final double LOAD = 0.85;
  private static final int SEEDS = 5;
  private static final int TASKS = 20_000;
  private static final double MEAN_MS = 1_000;
  private static final double SPREAD = 1.5;

  private final Policy ours = new ProportionalDeadline(PolicySettings.DEFAULTS);

  @Test
  void shortTasksNoLongerWaitForLongOnes() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Job> jobs = jobs(seed, size -> size);
      double fifo = meanSlowdown(new Fifo(), jobs, 1);
      double slowdown = meanSlowdown(ours, jobs, 1);
      assertThat(fifo).as("fifo, seed %d", seed).isGreaterThan(2);
      assertThat(slowdown).as("seed %d", seed).isLessThan(0.6 * fifo);
      assertThat(slowdown - 1).as("seed %d", seed).isLessThan(0.15 * (fifo - 1));
    }
  }

  @Test
  void aRoughPredictorIsGoodEnough() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Job> jobs = jobs(seed, size -> size * Math.exp(random.nextGaussian()));
      double fifo = meanSlowdown(new Fifo(), jobs, 1);
      assertThat(meanSlowdown(ours, jobs, 1) - 1).as("seed %d", seed).isLessThan(0.2 * (fifo - 1));
    }
  }

  /// It shuffles tasks, because c differs between them, but none for its size.
  @Test
  void aConstantPredictorDoesNoHarm() {
    double sum = 0;
    double fifo = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Job> jobs = jobs(seed, size -> MEAN_MS);
      sum += meanSlowdown(ours, jobs, 1);
      fifo += meanSlowdown(new Fifo(), jobs, 1);
    }
    assertThat(sum).isCloseTo(fifo, Percentage.withPercentage(5));
  }

  @Test
  void aMisleadingPredictorDoesNoHarmOnceItIsFoundOut() {
    List<Job> jobs = jobs(1, size -> MEAN_MS * MEAN_MS / size);
    double fifo = meanSlowdown(new Fifo(), jobs, 0);
    assertThat(meanSlowdown(ours, jobs, 0)).isEqualTo(fifo);
    assertThat(meanSlowdown(ours, jobs, 1)).as("while it is believed").isGreaterThan(fifo);
  }

  private static List<Job> jobs(long seed, DoubleUnaryOperator predictor) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Job> jobs = new ArrayList<>();
    double now = 0;
    for (int i = 0; i < TASKS; i++) {
      now += -Math.log(1 - random.nextDouble()) * MEAN_MS / (SERVERS * LOAD);
      double size = MEAN_MS * Math.exp(SPREAD * random.nextGaussian() - SPREAD * SPREAD / 2);
      ExecutionTime predicted = ExecutionTime.of(predictor.applyAsDouble(size), 0);
      jobs.add(new Job(SceneTask.arriving(now).withExecution(predicted), size));
    }
    return jobs;
  }

  private static double meanSlowdown(Policy policy, List<Job> jobs, double skill) {
    PriorityQueue<Queued> queue =
        new PriorityQueue<>(
            Comparator.comparingDouble(Queued::key)
                .thenComparingDouble(queued -> queued.job().task().arrivalMs()));
    PriorityQueue<Double> busy = new PriorityQueue<>();
    double sum = 0;
    for (Job job : jobs) {
      double now = job.task().arrivalMs();
      sum += serve(queue, busy, now);
      ScenePool pool = new ScenePool(now, queue.size(), 0, 0, SERVERS, 1, skill);
      queue.add(new Queued(job, policy.order(job.task(), pool)));
      if (busy.size() < SERVERS) {
        sum += start(queue, busy, now);
      }
    }
    return (sum + serve(queue, busy, Double.MAX_VALUE)) / jobs.size();
  }

  /// Lets tasks end until a moment, and others take their places; returns these ones' slowdowns.
  private static double serve(
      PriorityQueue<Queued> queue, PriorityQueue<Double> busy, double until) {
    double sum = 0;
    while (!busy.isEmpty() && busy.peek() <= until) {
      double now = busy.poll();
      if (!queue.isEmpty()) {
        sum += start(queue, busy, now);
      }
    }
    return sum;
  }

  private static double start(PriorityQueue<Queued> queue, PriorityQueue<Double> busy, double now) {
    Job job = queue.remove().job();
    busy.add(now + job.size());
    return (now - job.task().arrivalMs() + job.size()) / job.size();
  }

  /// A task and how long it will really take.
  private record Job(SceneTask task, double size) {}

  /// A task that waits.
  private record Queued(Job job, double key) {}
}
