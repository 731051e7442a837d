package io.swarmpilot.benchmark.simulate.plan;

import io.swarmpilot.benchmark.simulate.Experiment;
import io.swarmpilot.benchmark.simulate.Progress;
import io.swarmpilot.benchmark.simulate.Setup;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.plan.Attainment.Certainty;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// Searches for the smallest fleet, or the highest load, that keeps a promise. Every step of the
/// search runs all seeds, so that what is found has a confidence interval; more replicas and less
/// load are taken to never do harm.
public final class Planner {
  private static final double NANOS_A_SECOND = 1e9;
  private static final double MS_A_SECOND = 1e3;
  private static final double SECONDS_AN_HOUR = 3_600;
  private static final int THOUSAND = 1_000;

  /// Loads are searched in steps of a two-hundredth.
  private static final int STEPS_A_LOAD = 200;

  private static final int MOST_STEPS = 300;

  private final Setup setup;
  private final Promised promised;
  private final Experiment experiment;
  private final Progress progress;

  /// @param setup what is run; its fleet tells the kinds of hardware
  public Planner(Setup setup, Promised promised, Progress progress) {
    this.setup = setup;
    this.promised = promised;
    this.experiment = new Experiment(setup).judgedBy(promised.bound());
    this.progress = progress;
  }

  /// The rate of the requests that are run, a second.
  public double traceRatePerS() {
    int first = setup.trace().size() / 2;
    int last = setup.trace().size() - 1;
    double seconds =
        (setup.trace().arrivalNanos(last) - setup.trace().arrivalNanos(first)) / NANOS_A_SECOND;
    return seconds > 0 ? (last - first) / seconds : 1;
  }

  /// The smallest fleet that keeps the promise at a rate.
  ///
  /// @param fleets makes a fleet of so many replicas
  public Advice smallestFleet(String policy, IntFunction<Fleet> fleets, double ratePerS) {
    Map<Integer, Attainment> known = new HashMap<>();
    IntFunction<Attainment> attained =
        size ->
            known.computeIfAbsent(
                size,
                unknown -> attainment(policy, fleets.apply(size), load(fleets, size, ratePerS)));
    int most = Math.max(4, (int) Math.ceil(4 * load(fleets, 1, ratePerS)));
    int limit = Math.min(Fleet.MOST, most);
    int replicas = least(limit, size -> reaches(attained.apply(size), Certainty.PROBABLY));
    if (replicas > limit) {
      return Advice.none(policy, ratePerS);
    }
    double load = load(fleets, replicas, ratePerS);
    return new Advice(
        policy,
        true,
        replicas,
        least(replicas, size -> reaches(attained.apply(size), Certainty.PERHAPS)),
        least(limit, size -> reaches(attained.apply(size), Certainty.SURELY)),
        load,
        load,
        load,
        ratePerS,
        attained.apply(replicas).mean(),
        cost(fleets.apply(replicas), ratePerS));
  }

  /// The highest load at which a fleet keeps the promise.
  public Advice highestLoad(String policy) {
    Map<Integer, Attainment> known = new HashMap<>();
    IntFunction<Attainment> attained =
        step ->
            known.computeIfAbsent(
                step, unknown -> attainment(policy, setup.fleet(), (double) step / STEPS_A_LOAD));
    int step = most(attained, Certainty.PROBABLY);
    double ratePerS = (double) step / STEPS_A_LOAD * capacityPerS(setup.fleet());
    if (step == 0) {
      return Advice.none(policy, 0);
    }
    int size = setup.fleet().size();
    return new Advice(
        policy,
        true,
        size,
        size,
        size,
        (double) step / STEPS_A_LOAD,
        (double) most(attained, Certainty.SURELY) / STEPS_A_LOAD,
        (double) most(attained, Certainty.PERHAPS) / STEPS_A_LOAD,
        ratePerS,
        attained.apply(step).mean(),
        cost(setup.fleet(), ratePerS));
  }

  private int most(IntFunction<Attainment> attained, Certainty certainty) {
    return least(MOST_STEPS, step -> !reaches(attained.apply(step), certainty)) - 1;
  }

  private boolean reaches(Attainment attainment, Certainty certainty) {
    return attainment.reaches(promised.share(), certainty);
  }

  /// The least number from 1 to a limit for which something holds that holds for all greater ones;
  /// one above the limit when it holds for none.
  private static int least(int limit, IntPredicate holds) {
    int low = 1;
    int high = limit + 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (holds.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private Attainment attainment(String policy, Fleet fleet, double load) {
    List<Row> rows = experiment.on(fleet, load).bySeed(policy, load, progress);
    return Attainment.of(rows.stream().mapToDouble(Row::withinBound).toArray());
  }

  private double load(IntFunction<Fleet> fleets, int size, double ratePerS) {
    return ratePerS / capacityPerS(fleets.apply(size));
  }

  private double capacityPerS(Fleet fleet) {
    long seed = setup.seeds().getFirst();
    return MS_A_SECOND
        / Workload.of(setup.trace(), setup.firstRun(), setup.sample(), fleet, 1, seed).meanGapMs();
  }

  private double cost(Fleet fleet, double ratePerS) {
    if (setup.prices().isEmpty()) {
      return Double.NaN;
    }
    double hourly = 0;
    for (int replica = 0; replica < fleet.size(); replica++) {
      hourly += setup.prices().get(fleet.kindOf().get(replica));
    }
    return hourly / SECONDS_AN_HOUR / ratePerS * THOUSAND;
  }
}
