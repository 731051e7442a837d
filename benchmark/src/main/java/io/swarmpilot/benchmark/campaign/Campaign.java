package io.swarmpilot.benchmark.campaign;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.LoadPlan;
import io.swarmpilot.benchmark.load.Rate;
import io.swarmpilot.benchmark.load.RateSearch;
import io.swarmpilot.benchmark.load.Spacing;
import io.swarmpilot.benchmark.load.drive.LoadGenerator;
import io.swarmpilot.benchmark.load.drive.LoadRun;
import io.swarmpilot.benchmark.load.drive.RunSnapshot;
import io.swarmpilot.benchmark.measure.Count;
import io.swarmpilot.benchmark.measure.Measurement;
import io.swarmpilot.benchmark.measure.Proportion;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Several runs, one after the other: the same one again, a sweep of rates, a search for the
/// highest one.
public final class Campaign {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final LoadGenerator generator;
  private final Watcher watcher;

  /// Runs of a generator.
  public Campaign(LoadGenerator generator, Watcher watcher) {
    this.generator = generator;
    this.watcher = watcher;
  }

  /// Told of every run.
  @FunctionalInterface
  public interface Watcher {
    /// A run has begun; called before it is waited for.
    void began(String what, LoadRun run);
  }

  /// One run of a campaign.
  ///
  /// @param what it was
  /// @param ratePerSecond requested rate; 0 in a closed loop
  /// @param end how it ended
  public record Step(String what, double ratePerSecond, RunSnapshot end) {}

  /// The same plan so many times, with a seed of its own each.
  public ImmutableList<Step> repeat(LoadPlan plan, int times) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    for (int i = 0; i < times; i++) {
      String what = times == 1 ? "run" : "run " + (i + 1) + " of " + times;
      Step step = run(what, rateOf(plan), plan.withSeed(plan.seed() + i * GOLDEN));
      steps.add(step);
      if (stopped(step)) {
        break;
      }
    }
    return steps.build();
  }

  /// A run at each of these rates.
  public ImmutableList<Step> rates(LoadPlan plan, Spacing spacing, List<Double> rates) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    for (double rate : rates) {
      Step step = at(plan, spacing, rate);
      steps.add(step);
      if (stopped(step)) {
        break;
      }
    }
    return steps.build();
  }

  /// One user alone, as many users as may be in flight, then rates evenly between what these two
  /// got done: where a server begins to queue shows without knowing anything of it before.
  ///
  /// @param count runs in all, at least 3
  public ImmutableList<Step> sweep(LoadPlan plan, Spacing spacing, int count) {
    if (count < 3) {
      throw new IllegalArgumentException("a sweep has at least 3 runs");
    }
    Step alone = closed("one user", plan, 1);
    if (stopped(alone)) {
      return ImmutableList.of(alone);
    }
    Step full = closed("throughput", plan, plan.limits().maxInFlight());
    double least = alone.end().measured().throughput();
    double most = full.end().measured().throughput();
    ImmutableList.Builder<Step> steps = ImmutableList.<Step>builder().add(alone, full);
    if (stopped(full) || most <= 0) {
      return steps.build();
    }
    int between = count - 2;
    List<Double> rates =
        IntStream.rangeClosed(1, between)
            .mapToObj(i -> Math.max(1e-3, least + (most - least) * i / between))
            .toList();
    return steps.addAll(rates(plan, spacing, rates)).build();
  }

  /// The highest rate at which a share of the requests attempted is surely good and the generator
  /// keeps up.
  ///
  /// @param search where to begin, how precise
  /// @param attain the share, 0 to 1
  public ImmutableList<Step> search(
      LoadPlan plan, Spacing spacing, RateSearch search, double attain) {
    ImmutableList.Builder<Step> steps = ImmutableList.builder();
    while (!search.isOver()) {
      Step step = at(plan, spacing, search.next());
      steps.add(step);
      if (stopped(step)) {
        break;
      }
      search.tried(step.end().validity().isValid() && bears(step.end().measured(), attain));
    }
    return steps.build();
  }

  private static boolean bears(Measurement measured, double attain) {
    Proportion good = new Proportion(measured.count(Count.GOOD), measured.count(Count.ATTEMPTED));
    return good.atLeast() >= attain;
  }

  private Step at(LoadPlan plan, Spacing spacing, double rate) {
    String number =
        rate == Math.rint(rate)
            ? String.format(Locale.ROOT, "%.0f", rate)
            : String.format(Locale.ROOT, "%.4g", rate);
    String what = number + " requests/s";
    return run(what, rate, plan.withArrival(new Arrival.Open(spacing, new Rate.Steady(rate))));
  }

  private Step closed(String what, LoadPlan plan, int users) {
    return run(what, 0, plan.withArrival(Arrival.Closed.of(users)));
  }

  private Step run(String what, double rate, LoadPlan plan) {
    LoadRun run = generator.start(plan);
    watcher.began(what, run);
    return new Step(what, rate, run.over().join());
  }

  private static boolean stopped(Step step) {
    return !step.end().complete();
  }

  private static double rateOf(LoadPlan plan) {
    return plan.arrival() instanceof Arrival.Open open ? open.rate().most() : 0;
  }
}
