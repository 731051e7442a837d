package io.swarmpilot.benchmark.simulate;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.latency.LatencyTable;
import io.swarmpilot.benchmark.simulate.measure.Row;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.read.LatencyReader;
import io.swarmpilot.benchmark.simulate.read.TraceReader;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.scheduler.policy.GpuPrices;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Prints the table of docs/performance.md, "How well it schedules": each figure beside its aim.
/// Arguments: the seeds, separated by commas, and the files with Azure's conversations, Azure's
/// code, latencies and Mooncake's conversations; without the last its lines are left out.
public final class SchedulingFigures {
  private static final String OURS = "proportional_deadline";
  private static final String COUNTING = "least_requests";
  private static final String BOUND = "clairvoyant_srpt";
  private static final String POOLED = "fcfs_pooled";
  private static final int TASKS = 40_000;
  private static final double NOISE = 0.2;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final Map<String, Experiment> trained = new HashMap<>();
  private final ImmutableList<Long> seeds;
  private final Trace conv;
  private final Trace mix;
  private final LatencyTable latencies;

  private SchedulingFigures(String seeds, String conv, String code, String latencies) {
    this.seeds =
        Arrays.stream(seeds.split(",")).map(Long::valueOf).collect(ImmutableList.toImmutableList());
    this.conv = TraceReader.read(Path.of(conv));
    this.mix = Trace.merged(List.of(this.conv, TraceReader.read(Path.of(code))));
    this.latencies = LatencyReader.read(Path.of(latencies));
  }

  /// Prints the table.
  public static void main(String... files) {
    SchedulingFigures figures = new SchedulingFigures(files[0], files[1], files[2], files[3]);
    figures.out.println("| figure | aim | measured | |");
    figures.out.println("|---|---|---|---|");
    figures.load();
    figures.overload();
    figures.uselessPredictor();
    figures.fleets();
    figures.cost();
    figures.batching();
    figures.makespan();
    if (files.length > 4) {
      figures.prefixes(Path.of(files[4]));
    }
  }

  private void load() {
    for (double load : new double[] {0.5, 0.7, 0.85, 0.95}) {
      int at = load == 0.5 ? 0 : load == 0.7 ? 1 : load == 0.85 ? 2 : 3;
      for (Trace trace : List.of(conv, mix)) {
        String where = (trace == conv ? "conv " : "mix ") + load + ": ";
        Row ours = run(OURS, standard(trace, load));
        Row pooled = run(POOLED, standard(trace, load));
        most(
            where + "mean slowdown ÷ clairvoyant SRPT's",
            new double[] {1.01, 1.08, 1.25, 1.6}[at],
            ours.slowdownMean() / run(BOUND, standard(trace, load)).slowdownMean());
        least(where + "within 3×", new double[] {0.999, 0.99, 0.96, 0.9}[at], ours.within3x());
        if (at < 3) {
          most(
              where + "p99 response ÷ pooled FCFS's",
              new double[] {1.05, 1.2, 1.45}[at],
              ours.p99S() / pooled.p99S());
        }
        if (trace == mix) {
          least(
              where + "mean slowdown, least connections ÷ ours",
              new double[] {1, 1.4, 2.9, 6}[at],
              run(COUNTING, standard(mix, load)).slowdownMean() / ours.slowdownMean());
          least(
              where + "p99 slowdown, power of two ÷ ours",
              new double[] {15, 15, 15, 10}[at],
              run("power_of_two", standard(mix, load)).slowdownP99() / ours.slowdownP99());
        }
      }
    }
  }

  private void overload() {
    for (Trace trace : List.of(conv, mix)) {
      String where = trace == conv ? "conv " : "mix ";
      Promise shed = new Promise(3, true);
      Setup plain = standard(trace, 1.1);
      least(
          where + "1.1, shedding: within 3× of all tasks",
          0.88,
          run(OURS, with(plain, 1.1, shed, Faults.NONE)).within3x());
      least(
          where + "1.3, shedding: within 3× of all tasks",
          0.82,
          run(OURS, with(plain, 1.3, shed, Faults.NONE)).within3x());
    }
  }

  private void uselessPredictor() {
    Setup useless = setup(mix, fleet("a100:32", 1, 0), Information.MEAN, 0.85, Sampling.RESAMPLED);
    most(
        "mix 0.85, a constant as prediction: mean slowdown ÷ pooled FCFS's",
        1.05,
        run(OURS, useless).slowdownMean() / run(POOLED, useless).slowdownMean());
  }

  private void fleets() {
    Setup mixed =
        setup(mix, fleet("a100:16,h100:16", 1, 0), Information.QUANTILES, 0.85, Sampling.RESAMPLED);
    least(
        "mix 0.85, A100 and H100: mean slowdown, round robin ÷ ours",
        30,
        run("round_robin", mixed).slowdownMean() / run(OURS, mixed).slowdownMean());
    Setup healthy = standard(conv, 0.7);
    most(
        "conv 0.7, one of 32 silently 20× slower: p99 response ÷ healthy",
        1.25,
        run(OURS, with(healthy, 0.7, Promise.NONE, Faults.parse("slow:1:20"))).p99S()
            / run(OURS, healthy).p99S());
  }

  /// Prices of a server an hour that headroom was measured with: a DGX A100, and one with H100.
  private void cost() {
    for (Trace trace : List.of(conv, mix)) {
      Fleet half = fleet("a100:16,h100:16", 1, 0);
      Map<String, Double> prices =
          Map.of(half.kinds().get(0).name(), 17.6, half.kinds().get(1).name(), 38.0);
      Setup setup =
          new Setup(
              trace,
              half,
              new Sample(Sampling.RESAMPLED, TASKS, NOISE),
              ImmutableList.of(0.3),
              seeds,
              Information.QUANTILES,
              new Promise(3, false),
              Faults.NONE,
              PolicySettings.DEFAULTS.withCosts(GpuPrices.of(0, prices), 0.1),
              ImmutableDoubleArray.of(17.6, 38));
      Row cheapest = run("cost_optimized", setup);
      String where = (trace == conv ? "conv" : "mix") + " 0.3, A100 and H100, `cost_optimized`: ";
      least(where + "saved of ours", 0.25, 1 - cheapest.cost() / run(OURS, setup).cost());
      least(where + "within 3×", 0.98, cheapest.within3x());
    }
  }

  private void batching() {
    Row row =
        run(
            OURS,
            setup(conv, fleet("a100:8", 32, 0), Information.QUANTILES, 0.95, Sampling.RESAMPLED));
    least("conv 0.95, 8 replicas of 32 slots: within 3×", 0.96, row.within3x());
    least("… first token within 1 s", 0.8, row.firstTokenWithin1s());
  }

  private void makespan() {
    Setup burst =
        new Setup(
            conv,
            fleet("a100:32", 1, 0),
            new Sample(Sampling.BURST, 1_000, NOISE),
            ImmutableList.of(1.0),
            seeds,
            Information.QUANTILES,
            Promise.NONE,
            Faults.NONE,
            PolicySettings.DEFAULTS,
            ImmutableDoubleArray.of());
    most(
        "makespan of 1,000 tasks ÷ clairvoyant longest first: `longest_first`",
        1.06,
        run("longest_first", burst).makespanS() / run("clairvoyant_lpt", burst).makespanS());
    most("… ours", 1.06, run(OURS, burst).makespanS() / run("clairvoyant_lpt", burst).makespanS());
  }

  private void prefixes(Path mooncake) {
    Setup setup =
        setup(
            TraceReader.read(mooncake),
            fleet("a100:8", 32, 10_000),
            Information.QUANTILES,
            0.85,
            Sampling.REPLAYED);
    Row ours = run(OURS, setup);
    Row counting = run(COUNTING, setup);
    least(
        "Mooncake 0.85, prefix caches: mean response, least connections ÷ ours",
        1.5,
        counting.meanS() / ours.meanS());
    least("… first token", 1.8, counting.firstTokenMeanS() / ours.firstTokenMeanS());
  }

  private Setup standard(Trace trace, double load) {
    return setup(trace, fleet("a100:32", 1, 0), Information.QUANTILES, load, Sampling.RESAMPLED);
  }

  private Fleet fleet(String text, int slots, int cacheBlocks) {
    return Fleet.parse(text, "llama2-70b", latencies, slots, cacheBlocks);
  }

  private Setup setup(
      Trace trace, Fleet fleet, Information information, double load, Sampling sampling) {
    return new Setup(
        trace,
        fleet,
        new Sample(sampling, TASKS, NOISE),
        ImmutableList.of(load),
        seeds,
        information,
        Promise.NONE,
        Faults.NONE,
        PolicySettings.DEFAULTS,
        ImmutableDoubleArray.of());
  }

  private static Setup with(Setup setup, double load, Promise promise, Faults faults) {
    return new Setup(
        setup.trace(),
        setup.fleet(),
        setup.sample(),
        ImmutableList.of(load),
        setup.seeds(),
        setup.information(),
        promise,
        faults,
        setup.policies(),
        setup.prices());
  }

  private Row run(String subject, Setup setup) {
    String learned =
        setup.trace().size() + " " + setup.fleet().kinds().size() + setup.information();
    return trained
        .computeIfAbsent(learned, unknown -> new Experiment(setup))
        .with(setup)
        .run(List.of(subject), (what, done) -> {})
        .getFirst();
  }

  private void most(String figure, double aim, double measured) {
    line(figure, "≤ " + aim, measured, measured <= aim);
  }

  private void least(String figure, double aim, double measured) {
    line(figure, "≥ " + aim, measured, measured >= aim);
  }

  private void line(String figure, String aim, double measured, boolean met) {
    out.printf(
        Locale.ROOT, "| %s | %s | %.3f | %s |%n", figure, aim, measured, met ? "" : "missed");
  }
}
