package io.swarmpilot.benchmark.simulate.workload;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.latency.HardwareLatency;
import io.swarmpilot.benchmark.simulate.trace.Trace;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Tasks of an experiment, in order of arrival. The same seed gives the same tasks to whoever
/// schedules them.
public final class Workload {
  private static final double NANOS_A_MS = 1e6;
  private static final long NOISE_SEED = 0x6e6f697365L;

  private final Trace trace;
  private final int[] requests;
  private final double[] noise;
  private final long[] arrivals;
  private final double meanGapMs;

  private Workload(Trace trace, int[] requests, double[] noise, long[] arrivals, double meanGapMs) {
    this.trace = trace;
    this.requests = requests;
    this.noise = noise;
    this.arrivals = arrivals;
    this.meanGapMs = meanGapMs;
  }

  /// Tasks that load a fleet.
  ///
  /// @param from first request of the trace that may be taken
  /// @param load rate over what the fleet can do, above 0
  public static Workload of(
      Trace trace, int from, Sample sample, Fleet fleet, double load, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int to = trace.size();
    Arrivals drawn =
        switch (sample.sampling()) {
          case RESAMPLED -> Arrivals.resampled(trace, from, to, sample.tasks(), random);
          case REPLAYED -> Arrivals.replayed(trace, from, to, sample.tasks());
          case BURST -> Arrivals.burst(from, to, sample.tasks(), random);
        };
    double meanGapMs = 1 / (load * tasksAMs(trace, drawn.requests(), fleet));
    long[] arrivals = new long[drawn.gaps().length];
    double at = 0;
    for (int i = 0; i < arrivals.length; i++) {
      at += drawn.gaps()[i] * meanGapMs;
      arrivals[i] = (long) (at * NANOS_A_MS);
    }
    return new Workload(
        trace, drawn.requests(), factors(trace, drawn, sample, seed), arrivals, meanGapMs);
  }

  /// The load that a trace put on a fleet when it was recorded, from a request on.
  public static double recordedLoad(Trace trace, int from, Fleet fleet) {
    int last = trace.size() - 1;
    double ms = (trace.arrivalNanos(last) - trace.arrivalNanos(from)) / NANOS_A_MS;
    int[] requests = IntStream.rangeClosed(from, last).toArray();
    return (last - from) / Math.max(ms, Double.MIN_NORMAL) / tasksAMs(trace, requests, fleet);
  }

  /// How many times longer each task takes than its tokens say: what was recorded, else noise.
  private static double[] factors(Trace trace, Arrivals drawn, Sample sample, long seed) {
    return trace.hasTimes()
        ? Arrays.stream(drawn.requests()).mapToDouble(trace::recordedMs).toArray()
        : noise(drawn.gaps().length, sample.noise(), new SplittableRandom(seed ^ NOISE_SEED));
  }

  /// The same tasks as they turned out to come and to run somewhere.
  ///
  /// @param cameAt when each arrived, ns after the start, ascending
  /// @param factors how many times longer each took than what was measured of its hardware
  public Workload turnedOut(ImmutableLongArray cameAt, ImmutableDoubleArray factors) {
    return new Workload(trace, requests, factors.toArray(), cameAt.toArray(), meanGapMs);
  }

  /// Factors with mean 1, log-normal.
  ///
  /// @param spread standard deviation of their logarithm
  public static double[] noise(int count, double spread, SplittableRandom random) {
    double[] factors = new double[count];
    for (int i = 0; i < count; i++) {
      factors[i] = Math.exp(spread * random.nextGaussian() - spread * spread / 2);
    }
    return factors;
  }

  /// Number of tasks.
  public int size() {
    return arrivals.length;
  }

  /// When a task arrives, ns after the start.
  public long arrivalNanos(int task) {
    return arrivals[task];
  }

  /// Mean time between two arrivals, ms.
  public double meanGapMs() {
    return meanGapMs;
  }

  /// Tokens of its input.
  public int inputTokens(int task) {
    return trace.inputTokens(requests[task]);
  }

  /// Tokens of its answer.
  public int outputTokens(int task) {
    return trace.outputTokens(requests[task]);
  }

  /// Number of the application that sent it.
  public int source(int task) {
    return trace.source(requests[task]);
  }

  /// Blocks its input begins with.
  public ImmutableLongArray blocks(int task) {
    return trace.blocks(requests[task]);
  }

  /// How many times longer it takes than what was measured.
  public double noise(int task) {
    return noise[task];
  }

  /// Time it takes on hardware that it has to itself, ms.
  public double aloneMs(int task, HardwareLatency hardware) {
    return noise[task] * hardware.aloneMs(inputTokens(task), outputTokens(task));
  }

  /// The same on the fastest hardware of a fleet, ms.
  public double aloneMs(int task, Fleet fleet) {
    return noise[task] * fleet.aloneMs(inputTokens(task), outputTokens(task));
  }

  /// What a fleet can do: tasks like these in a ms when every slot is always busy.
  private static double tasksAMs(Trace trace, int[] requests, Fleet fleet) {
    double[] means = new double[fleet.kinds().size()];
    for (int request : requests) {
      double factor = trace.hasTimes() ? trace.recordedMs(request) : 1;
      for (int kind = 0; kind < means.length; kind++) {
        means[kind] +=
            factor
                * fleet
                    .kinds()
                    .get(kind)
                    .shareMs(trace.inputTokens(request), trace.outputTokens(request), fleet.slots())
                / requests.length;
      }
    }
    double rate = 0;
    for (int replica = 0; replica < fleet.size(); replica++) {
      rate += 1 / means[fleet.kindOf().get(replica)];
    }
    return rate;
  }

  /// What is taken from a trace.
  ///
  /// @param sampling how
  /// @param tasks how many; of a replayed trace at most
  /// @param noise spread of the noise, the standard deviation of the logarithm of its factor
  public record Sample(Sampling sampling, int tasks, double noise) {}
}
