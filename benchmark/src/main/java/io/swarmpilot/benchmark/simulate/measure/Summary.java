package io.swarmpilot.benchmark.simulate.measure;

import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.Arrays;

/// Sums a run up.
public final class Summary {
  private static final double NANOS_A_SECOND = 1e9;
  private static final double MS_A_SECOND = 1e3;
  private static final double SECONDS_AN_HOUR = 3_600;
  private static final int WARM_UP = 10;

  private final Fleet fleet;
  private final Workload tasks;
  private final ImmutableDoubleArray prices;
  private final Bound bound;

  /// @param prices price of an hour of each kind of the fleet; none when they are not known
  /// @param bound what is asked of tasks
  public Summary(Fleet fleet, Workload tasks, ImmutableDoubleArray prices, Bound bound) {
    this.fleet = fleet;
    this.tasks = tasks;
    this.prices = prices;
    this.bound = bound;
  }

  /// The row of a run.
  public Row of(String policy, double load, Lives lives, long cachedTokens, boolean reference) {
    boolean burst = tasks.arrivalNanos(lives.size() - 1) == 0;
    int first = burst ? 0 : lives.size() / WARM_UP;
    Counted counted = new Counted(lives.size() - first);
    for (int task = first; task < lives.size(); task++) {
      count(counted, lives, task);
    }
    return counted.row(policy, load, makespan(lives), cachedShare(cachedTokens), reference);
  }

  private void count(Counted counted, Lives lives, int task) {
    if (!lives.hasEnded(task)) {
      counted.dropped++;
      return;
    }
    long arrival = tasks.arrivalNanos(task);
    double response = (lives.endedAt(task) - arrival) / NANOS_A_SECOND;
    double firstToken = (lives.answeredAt(task) - arrival) / NANOS_A_SECOND;
    double wait = (lives.startedAt(task) - arrival) / NANOS_A_SECOND;
    double alone = tasks.aloneMs(task, fleet) / MS_A_SECOND;
    double busy = (lives.endedAt(task) - lives.startedAt(task)) / NANOS_A_SECOND / fleet.slots();
    counted.add(response, response / alone, firstToken, wait);
    counted.withinBound += bound.holds(response / alone, response) ? 1 : 0;
    counted.cost += busy * price(lives.replica(task)) / SECONDS_AN_HOUR;
  }

  private double price(int replica) {
    return prices.isEmpty() ? Double.NaN : prices.get(fleet.kindOf().get(replica));
  }

  private static double makespan(Lives lives) {
    long last = 0;
    for (int task = 0; task < lives.size(); task++) {
      last = Math.max(last, lives.endedAt(task));
    }
    return last / NANOS_A_SECOND;
  }

  private double cachedShare(long cachedTokens) {
    long tokens = 0;
    for (int task = 0; task < tasks.size(); task++) {
      tokens += tasks.inputTokens(task);
    }
    return (double) cachedTokens / tokens;
  }

  /// The tasks that count.
  private static final class Counted {
    /// Rounding to ns must not make a task late that met no other.
    private static final double ROUNDING = 1e-6;

    private static final double SECOND = 1;
    private static final int THREE = 3;
    private static final int FIVE = 5;

    final double[] responses;
    final double[] slowdowns;
    final int all;
    int ended;
    int dropped;
    int within3x;
    int within5x;
    int withinBound;
    int within1s;
    double firstTokens;
    double maxWait;
    double cost;

    Counted(int all) {
      this.all = all;
      responses = new double[all];
      slowdowns = new double[all];
    }

    void add(double response, double slowdown, double firstToken, double wait) {
      responses[ended] = response;
      slowdowns[ended++] = slowdown;
      within3x += slowdown <= THREE + ROUNDING ? 1 : 0;
      within5x += slowdown <= FIVE + ROUNDING ? 1 : 0;
      within1s += firstToken <= SECOND ? 1 : 0;
      firstTokens += firstToken;
      maxWait = Math.max(maxWait, wait);
    }

    Row row(String policy, double load, double makespan, double cachedShare, boolean reference) {
      double[] times = sorted(responses);
      double[] slow = sorted(slowdowns);
      double sum = Arrays.stream(slow).sum();
      double squares = Arrays.stream(slow).map(x -> x * x).sum();
      return new Row(
          policy,
          load,
          Arrays.stream(times).sum() / ended,
          percentile(times, 0.5),
          percentile(times, 0.95),
          percentile(times, 0.99),
          sum / ended,
          percentile(slow, 0.99),
          (double) within3x / all,
          (double) within5x / all,
          (double) withinBound / all,
          maxWait,
          sum * sum / (ended * squares),
          dropped,
          firstTokens / ended,
          (double) within1s / all,
          cost / ended * 1_000,
          makespan,
          cachedShare,
          all,
          reference);
    }

    private double[] sorted(double[] values) {
      double[] sorted = Arrays.copyOf(values, ended);
      Arrays.sort(sorted);
      return sorted;
    }

    private static double percentile(double[] sorted, double share) {
      int rank = (int) Math.ceil(share * sorted.length) - 1;
      return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, rank)];
    }
  }
}
