package io.swarmpilot.launcher.benchmark;

import io.swarmpilot.benchmark.load.Limits;
import io.swarmpilot.benchmark.load.Phases;
import io.swarmpilot.benchmark.measure.Slo;
import io.swarmpilot.launcher.settings.TimeSpan;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How long it takes, what is good enough, and what ends it early.
final class LimitOptions {
  @Option(
      names = "--duration",
      converter = TimeSpan.Converter.class,
      description = "What is measured. Default: 30s.")
  private TimeSpan duration = TimeSpan.seconds(30);

  @Option(
      names = "--warmup",
      converter = TimeSpan.Converter.class,
      description = "The same load before, not measured. Default: 0.")
  private TimeSpan warmup = TimeSpan.millis(0);

  @Option(
      names = "--cooldown",
      converter = TimeSpan.Converter.class,
      description = "The same load after, not measured. Default: 0.")
  private TimeSpan cooldown = TimeSpan.millis(0);

  @Option(names = "--requests", description = "Most requests; 0 for any number.")
  private long requests;

  @Option(
      names = "--slo-response",
      converter = TimeSpan.Converter.class,
      paramLabel = "TIME",
      description = "A good request ends within this time.")
  private Optional<TimeSpan> response = Optional.empty();

  @Option(
      names = "--slo-ttft",
      converter = TimeSpan.Converter.class,
      paramLabel = "TIME",
      description = "… has output within this time.")
  private Optional<TimeSpan> firstOutput = Optional.empty();

  @Option(
      names = "--slo-tpot",
      converter = TimeSpan.Converter.class,
      paramLabel = "TIME",
      description = "… takes this long per further token.")
  private Optional<TimeSpan> perToken = Optional.empty();

  @Option(
      names = "--slo-stall",
      converter = TimeSpan.Converter.class,
      paramLabel = "TIME",
      description = "… has no longer gap.")
  private Optional<TimeSpan> stall = Optional.empty();

  @Option(
      names = "--max-in-flight",
      description = "Most requests in flight; more wait, their clocks running. Default: 10000.")
  private int inFlight = Limits.DEFAULT.maxInFlight();

  @Option(
      names = "--request-timeout",
      converter = TimeSpan.Converter.class,
      description = "After which a request has failed. Default: 2m.")
  private TimeSpan timeout = new TimeSpan(Limits.DEFAULT.requestTimeout());

  @Option(
      names = "--max-error-rate",
      description = "End when more than this share of the last 100 requests failed. Default: 1.")
  private double errorRate = Limits.DEFAULT.maxErrorRate();

  @Option(
      names = "--stop-when-saturated",
      description = "End when the server falls further and further behind.")
  private boolean stopWhenSaturated;

  @Option(
      names = "--max-lag",
      converter = TimeSpan.Converter.class,
      description = "The run is invalid when 1 % of the requests were sent later. Default: 5ms.")
  private TimeSpan lag = new TimeSpan(Limits.DEFAULT.maxLag());

  Phases phases() {
    return new Phases(warmup.duration(), duration.duration(), cooldown.duration());
  }

  Slo slo() {
    return new Slo(
        response.map(TimeSpan::duration),
        firstOutput.map(TimeSpan::duration),
        perToken.map(TimeSpan::duration),
        stall.map(TimeSpan::duration));
  }

  Limits limits() {
    return new Limits(
        inFlight, requests, timeout.duration(), errorRate, stopWhenSaturated, lag.duration());
  }
}
