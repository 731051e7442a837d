package io.swarmpilot.scheduler.policy;

import io.swarmpilot.scheduler.forecast.ExecutionTime;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Candidates of a test.
final class Scene implements Candidates {
  private final List<Replica> replicas;
  private final List<String> hardware;
  private final long lastChosen;

  Scene(List<Replica> replicas, long lastChosen) {
    this(replicas, List.of(), lastChosen);
  }

  private Scene(List<Replica> replicas, List<String> hardware, long lastChosen) {
    this.replicas = List.copyOf(replicas);
    this.hardware = List.copyOf(hardware);
    this.lastChosen = lastChosen;
  }

  static Scene of(Replica... replicas) {
    return new Scene(List.of(replicas), -1);
  }

  /// Instances with these mean and error of the wait.
  static Scene waits(double[]... waits) {
    List<Replica> replicas = new ArrayList<>();
    for (double[] wait : waits) {
      replicas.add(Replica.at(replicas.size()).withWait(wait[0], wait[1]));
    }
    return new Scene(replicas, -1);
  }

  /// Up to a dozen instances; few distinct numbers, so that ties are frequent, and now and then
  /// what must not be trusted.
  static Scene random(RandomGenerator random) {
    return random(random, 12);
  }

  /// The same with up to so many instances.
  static Scene random(RandomGenerator random, int most) {
    int size = 1 + random.nextInt(most);
    List<Replica> replicas = new ArrayList<>();
    long ordinal = 0;
    for (int i = 0; i < size; i++) {
      ordinal += 1 + random.nextInt(3);
      int slots = 1 + random.nextInt(4);
      replicas.add(
          new Replica(
              ordinal,
              number(random),
              number(random),
              ExecutionTime.of(10 + 10 * random.nextInt(4), 5 * random.nextInt(3)),
              random.nextInt(slots + 1),
              slots,
              random.nextInt(11) / 10.0,
              number(random),
              10 * random.nextInt(4),
              1 + random.nextInt(8),
              random.nextInt(4)));
    }
    return new Scene(replicas, random.nextInt((int) ordinal + 2) - 1L);
  }

  private static double number(RandomGenerator random) {
    return random.nextInt(12) == 0 ? Double.NaN : random.nextInt(4) * 10;
  }

  Scene after(long chosen) {
    return new Scene(replicas, chosen);
  }

  Scene without(int index) {
    List<Replica> rest = new ArrayList<>(replicas);
    List<String> kinds = new ArrayList<>(hardware);
    rest.remove(index);
    if (!kinds.isEmpty()) {
      kinds.remove(index);
    }
    return new Scene(rest, kinds, lastChosen);
  }

  /// The same on hardware of these kinds, one for each instance.
  Scene on(String... kinds) {
    return new Scene(replicas, List.of(kinds), lastChosen);
  }

  @Override
  public int size() {
    return replicas.size();
  }

  @Override
  public long ordinal(int index) {
    return replicas.get(index).ordinal();
  }

  @Override
  public String uuid(int index) {
    return "uuid-" + replicas.get(index).ordinal();
  }

  @Override
  public double waitMean(int index) {
    return replicas.get(index).waitMean();
  }

  @Override
  public double waitError(int index) {
    return replicas.get(index).waitError();
  }

  @Override
  public ExecutionTime executionTime(int index) {
    return replicas.get(index).executionTime();
  }

  /// By a plain sum over the quantiles of the execution, with the wait at its mean.
  @Override
  public double missProbability(int index, double withinMs) {
    Replica replica = replicas.get(index);
    if (Double.isNaN(replica.waitMean())) {
      return 1;
    }
    int late = 0;
    int parts = 100;
    for (int k = 0; k < parts; k++) {
      double time = replica.executionTime().quantile((k + 0.5) / parts);
      late += replica.waitMean() + time > withinMs ? 1 : 0;
    }
    return (double) late / parts;
  }

  @Override
  public int outstanding(int index) {
    return replicas.get(index).outstanding();
  }

  @Override
  public int slots(int index) {
    return replicas.get(index).slots();
  }

  @Override
  public double load(int index) {
    return replicas.get(index).load();
  }

  @Override
  public double latencyMean(int index) {
    return replicas.get(index).latencyMean();
  }

  @Override
  public double tokensPerSecond(int index) {
    return replicas.get(index).tokensPerSecond();
  }

  @Override
  public String hardware(int index) {
    return hardware.isEmpty() ? "" : hardware.get(index);
  }

  @Override
  public int gpus(int index) {
    return replicas.get(index).gpus();
  }

  @Override
  public int cachedBlocks(int index) {
    return replicas.get(index).cachedBlocks();
  }

  @Override
  public long lastChosen() {
    return lastChosen;
  }

  /// One candidate.
  record Replica(
      long ordinal,
      double waitMean,
      double waitError,
      ExecutionTime executionTime,
      int outstanding,
      int slots,
      double load,
      double latencyMean,
      double tokensPerSecond,
      int gpus,
      int cachedBlocks) {
    /// An idle one.
    static Replica at(long ordinal) {
      return new Replica(ordinal, 0, 0, ExecutionTime.of(100, 20), 0, 1, 0, 100, 0, 1, 0);
    }

    Replica withWait(double mean, double error) {
      return new Replica(
          ordinal,
          mean,
          error,
          executionTime,
          outstanding,
          slots,
          load,
          latencyMean,
          tokensPerSecond,
          gpus,
          cachedBlocks);
    }

    Replica withExecution(ExecutionTime time) {
      return new Replica(
          ordinal,
          waitMean,
          waitError,
          time,
          outstanding,
          slots,
          load,
          latencyMean,
          tokensPerSecond,
          gpus,
          cachedBlocks);
    }

    /// As the seeds describe an instance.
    Replica withSeedSignals(double load, double latency, int gpus, double tokensPerSecond) {
      return new Replica(
          ordinal,
          waitMean,
          waitError,
          executionTime,
          outstanding,
          slots,
          load,
          latency,
          tokensPerSecond,
          gpus,
          cachedBlocks);
    }

    Replica withTasks(int tasks, int of) {
      return new Replica(
          ordinal,
          waitMean,
          waitError,
          executionTime,
          tasks,
          of,
          Math.min(1, (double) tasks / of),
          latencyMean,
          tokensPerSecond,
          gpus,
          cachedBlocks);
    }

    Replica withCachedBlocks(int blocks) {
      return new Replica(
          ordinal,
          waitMean,
          waitError,
          executionTime,
          outstanding,
          slots,
          load,
          latencyMean,
          tokensPerSecond,
          gpus,
          blocks);
    }
  }
}
