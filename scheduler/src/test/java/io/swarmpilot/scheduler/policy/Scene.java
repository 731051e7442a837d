package io.swarmpilot.scheduler.policy;

import java.util.random.RandomGenerator;

/// Candidates of a test.
final class Scene implements Candidates {
  private final long[] ordinals;
  private final double[][] waits;
  private final double[][] executions;
  private final int[] tasks;
  private final long lastChosen;

  /// @param ordinals order of registration
  /// @param waits mean and error of the wait
  /// @param executions mean and error of the execution
  /// @param tasks tasks held
  /// @param lastChosen ordinal chosen last
  Scene(long[] ordinals, double[][] waits, double[][] executions, int[] tasks, long lastChosen) {
    this.ordinals = ordinals;
    this.waits = waits;
    this.executions = executions;
    this.tasks = tasks;
    this.lastChosen = lastChosen;
  }

  static Scene of(double[]... waits) {
    int size = waits.length;
    long[] ordinals = new long[size];
    double[][] executions = new double[size][2];
    for (int i = 0; i < size; i++) {
      ordinals[i] = i;
    }
    return new Scene(ordinals, waits, executions, new int[size], -1);
  }

  static Scene random(RandomGenerator random) {
    int size = 1 + random.nextInt(12);
    long[] ordinals = new long[size];
    double[][] waits = new double[size][];
    double[][] executions = new double[size][];
    int[] tasks = new int[size];
    long ordinal = 0;
    for (int i = 0; i < size; i++) {
      ordinal += 1 + random.nextInt(3);
      ordinals[i] = ordinal;
      waits[i] = new double[] {number(random), number(random)};
      executions[i] = new double[] {number(random), number(random)};
      tasks[i] = random.nextInt(3);
    }
    return new Scene(ordinals, waits, executions, tasks, random.nextInt((int) ordinal + 2) - 1L);
  }

  /// Few distinct numbers, so that ties are frequent, and now and then what must not be trusted.
  private static double number(RandomGenerator random) {
    return random.nextInt(12) == 0 ? Double.NaN : random.nextInt(4) * 10;
  }

  Scene after(long chosen) {
    return new Scene(ordinals, waits, executions, tasks, chosen);
  }

  @Override
  public int size() {
    return ordinals.length;
  }

  @Override
  public long ordinal(int index) {
    return ordinals[index];
  }

  @Override
  public double waitMean(int index) {
    return waits[index][0];
  }

  @Override
  public double waitError(int index) {
    return waits[index][1];
  }

  @Override
  public double executionMean(int index) {
    return executions[index][0];
  }

  @Override
  public double executionError(int index) {
    return executions[index][1];
  }

  @Override
  public int outstanding(int index) {
    return tasks[index];
  }

  @Override
  public long lastChosen() {
    return lastChosen;
  }
}
