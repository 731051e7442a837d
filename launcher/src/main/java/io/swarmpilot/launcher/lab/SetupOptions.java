package io.swarmpilot.launcher.lab;

import static com.google.common.collect.ImmutableList.toImmutableList;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import io.swarmpilot.benchmark.simulate.Setup;
import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.information.Information;
import io.swarmpilot.benchmark.simulate.latency.HardwareLatency;
import io.swarmpilot.benchmark.simulate.latency.Latencies;
import io.swarmpilot.benchmark.simulate.mesh.Promise;
import io.swarmpilot.benchmark.simulate.read.LatencyReader;
import io.swarmpilot.benchmark.simulate.read.TraceReader;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import io.swarmpilot.benchmark.simulate.workload.Sampling;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.benchmark.simulate.workload.Workload.Sample;
import io.swarmpilot.scheduler.policy.GpuPrices;
import io.swarmpilot.scheduler.policy.PolicySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is run in an experiment, from the command line.
final class SetupOptions {
  @Option(
      names = "--trace",
      arity = "1..*",
      paramLabel = "FILE",
      description = {
        "Requests to replay: Azure's CSV, Mooncake's JSONL, or CSV with arrival_ms, input_tokens,",
        "output_tokens and perhaps execution_ms; plain or gzipped. Several are merged by time. The first half teaches the",
        "predictor, the second half is run."
      })
  private List<Path> traces = new ArrayList<>();

  @Option(
      names = "--latencies",
      paramLabel = "FILE",
      description = {
        "Measured times, CSV as of splitwise-sim (perf_model.csv). Not needed where the traces tell",
        "how long each request took (execution_ms)."
      })
  private @Nullable Path latencies;

  private @Nullable Latencies table;
  private boolean recorded;

  @Option(
      names = "--fleet",
      defaultValue = "a100:32",
      paramLabel = "HARDWARE:N,…",
      description = "Replicas by hardware, a100:16,h100:16 for example. Default: ${DEFAULT-VALUE}.")
  private String fleet = "";

  @Option(
      names = "--model",
      defaultValue = "llama2-70b",
      paramLabel = "NAME",
      description = "Model, as the latencies name it. Default: ${DEFAULT-VALUE}.")
  private String model = "";

  @Option(
      names = "--load",
      split = ",",
      defaultValue = "0.85",
      paramLabel = "SHARE",
      description =
          "Arrival rate over what the fleet can do, or recorded; several run one after another. Default: ${DEFAULT-VALUE}.")
  private List<String> loads = new ArrayList<>();

  @Option(
      names = "--slots",
      defaultValue = "1",
      paramLabel = "K",
      description = "Tasks a replica batches. Default: ${DEFAULT-VALUE}.")
  private int slots;

  @Option(
      names = "--cache-blocks",
      defaultValue = "0",
      paramLabel = "N",
      description = "Prefix blocks of 512 tokens a replica remembers. Default: ${DEFAULT-VALUE}.")
  private int cacheBlocks;

  @Option(
      names = "--information",
      defaultValue = "quantiles",
      paramLabel = "WHAT",
      description = {
        "What is known of a task: oracle (its true time), quantiles (a predictor that knows its input",
        "tokens), mean (the same for all), none. Default: ${DEFAULT-VALUE}."
      })
  private Information information = Information.QUANTILES;

  @Option(
      names = "--noise",
      defaultValue = "0.2",
      paramLabel = "SIGMA",
      description = "Spread of times around those measured, log-normal. Default: ${DEFAULT-VALUE}.")
  private double noise;

  @Option(
      names = "--arrivals",
      paramLabel = "HOW",
      description = {
        "resampled (blocks of 200 drawn at random, slow changes of the rate taken out), replayed (as",
        "they came) or burst (all at once). Default: resampled, replayed where prefixes are known."
      })
  private @Nullable Sampling sampling;

  @Option(
      names = "--tasks",
      defaultValue = "40000",
      paramLabel = "N",
      description = "Tasks to run; of a replayed trace at most. Default: ${DEFAULT-VALUE}.")
  private int tasks;

  @Option(
      names = "--objective",
      paramLabel = "TIMES",
      description = "Give every task an objective, so many times its expected time. Default: none.")
  private double objective = Double.NaN;

  @Option(
      names = "--shed",
      description = "Let tasks be shed that cannot meet their objective (of 3 unless given).")
  private boolean shed;

  @Option(
      names = "--faults",
      defaultValue = "",
      paramLabel = "FAULT,…",
      description = {
        "slow:N:FACTOR (replicas take longer), late:N:SHARE (register after that share of the run),",
        "crash:N:SHARE (restart, what they run is lost), handover:MS."
      })
  private String faults = "";

  @Option(
      names = "--prices",
      split = ",",
      paramLabel = "PRICE",
      description = "Price of an hour of each kind in --fleet, for cost per 1,000 tasks.")
  private List<Double> prices = new ArrayList<>();

  @Option(
      names = "--cost-miss-probability",
      defaultValue = "1",
      paramLabel = "SHARE",
      description = "As of the scheduler: most risk to miss that cost_optimized takes.")
  private double costMissProbability;

  @Option(
      names = "--seed",
      split = ",",
      defaultValue = "1",
      paramLabel = "N",
      description = "Seed of the draws; of several the mean is shown. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds = new ArrayList<>();

  /// The experiment that the options mean.
  ///
  /// @throws IllegalArgumentException naming the option that is at fault
  /// @throws io.swarmpilot.benchmark.simulate.trace.TraceException naming file and row
  Setup setup() {
    if (asksForSize()) {
      throw new IllegalArgumentException("--fleet: how many? `swarmpilot plan` finds it out");
    }
    return setupOfAny();
  }

  /// The same, with one replica of each kind where the number is asked for.
  Setup setupOfAny() {
    if (traces.isEmpty()) {
      throw new IllegalArgumentException("--trace: there is none");
    }
    Trace trace = Trace.merged(traces.stream().map(TraceReader::read).toList());
    recorded = trace.hasTimes();
    Fleet replicas = fleetOf(1);
    return new Setup(
        trace,
        replicas,
        new Sample(sampling(trace), tasks, noise),
        loads(trace, replicas),
        ImmutableList.copyOf(seeds),
        information,
        promise(),
        Faults.parse(faults),
        policies(replicas),
        ImmutableDoubleArray.copyOf(prices));
  }

  /// What was run, by name, for reports.
  ImmutableMap<String, String> shown(Setup setup) {
    return ImmutableMap.<String, String>builder()
        .put("traces", String.join(", ", traces.stream().map(this::name).toList()))
        .put("model", model)
        .put("fleet", fleet)
        .put("slots", Integer.toString(slots))
        .put("information", information.name().toLowerCase(Locale.ROOT))
        .put("noise", Double.toString(noise))
        .put("arrivals", setup.sample().sampling().name().toLowerCase(Locale.ROOT))
        .put("faults", faults.isEmpty() ? "none" : faults)
        .put("seeds", String.join(", ", seeds.stream().map(String::valueOf).toList()))
        .buildOrThrow();
  }

  /// Whether the number of replicas is what is to be found out.
  boolean asksForSize() {
    return fleet.contains("?");
  }

  /// The fleet, with so many replicas where the number is asked for.
  Fleet fleetOf(int replicas) {
    return Fleet.parse(
        fleet.replace("?", Integer.toString(replicas)), model, latencies(), slots, cacheBlocks);
  }

  private Latencies latencies() {
    Latencies known = table;
    if (known == null) {
      known = latencies == null ? recordedLatencies() : LatencyReader.read(latencies);
      table = known;
    }
    return known;
  }

  private Latencies recordedLatencies() {
    if (!recorded) {
      throw new IllegalArgumentException(
          "--latencies: needed, for the traces do not tell how long requests took");
    }
    if (slots > 1 || fleet.contains(",")) {
      throw new IllegalArgumentException(
          "--latencies: needed to tell what batches cost, and kinds of hardware apart");
    }
    return (anyModel, hardware) -> HardwareLatency.recorded(hardware);
  }

  private ImmutableList<Double> loads(Trace trace, Fleet replicas) {
    return loads.stream().map(load -> load(load, trace, replicas)).collect(toImmutableList());
  }

  private static double load(String text, Trace trace, Fleet replicas) {
    if (text.strip().equalsIgnoreCase("recorded")) {
      return Workload.recordedLoad(trace, trace.size() / 2, replicas);
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--load: '" + text + "' is neither a number nor recorded", e);
    }
  }

  private String name(Path file) {
    return Splitter.onPattern("[/\\\\]").splitToStream(file.toString()).reduce("", (a, b) -> b);
  }

  private Sampling sampling(Trace trace) {
    Sampling given = sampling;
    if (given != null) {
      return given;
    }
    return trace.hasBlocks() || loads.contains("recorded") ? Sampling.REPLAYED : Sampling.RESAMPLED;
  }

  private Promise promise() {
    double times = Double.isNaN(objective) && shed ? 3 : objective;
    if (times <= 0 || times > 1e6) {
      throw new IllegalArgumentException("--objective must be above 0, at most 1,000,000");
    }
    return new Promise(times, shed);
  }

  private PolicySettings policies(Fleet replicas) {
    Map<String, Double> byHardware = new HashMap<>();
    for (int kind = 0; kind < Math.min(prices.size(), replicas.kinds().size()); kind++) {
      byHardware.put(replicas.kinds().get(kind).name(), prices.get(kind));
    }
    return PolicySettings.DEFAULTS.withCosts(GpuPrices.of(1, byHardware), costMissProbability);
  }
}
