package io.swarmpilot.launcher.benchmark;

import io.swarmpilot.benchmark.load.Arrival;
import io.swarmpilot.benchmark.load.Rate;
import io.swarmpilot.benchmark.load.Spacing;
import io.swarmpilot.benchmark.prompts.read.PromptFile.TraceFile;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.TimeSpan;
import java.util.Optional;
import picocli.CommandLine.Option;

/// When requests start.
final class ArrivalOptions {
  @Option(
      names = "--rate",
      paramLabel = "REQUESTS/S",
      description = "Open loop: requests a second, whatever becomes of them.")
  private Optional<Double> rate = Optional.empty();

  @Option(
      names = "--users",
      paramLabel = "N",
      description =
          "Closed loop: users who each wait for their answers. Default: 1 without --rate.")
  private Optional<Integer> users = Optional.empty();

  @Option(
      names = "--think-time",
      converter = TimeSpan.Converter.class,
      description = "Between an answer and its user's next request. Default: 0.")
  private TimeSpan thinkTime = TimeSpan.millis(0);

  @Option(
      names = "--arrival",
      defaultValue = "poisson",
      paramLabel = "KIND",
      description = "Spacing of an open loop: constant, poisson or gamma. Default: poisson.")
  private String kind = "";

  @Option(
      names = "--burstiness",
      defaultValue = "1",
      description = "Shape of gamma: 1 is Poisson, below 1 in bursts, above 1 more even.")
  private double burstiness;

  @Option(
      names = "--ramp",
      paramLabel = "RATE:TIME",
      description = "Begin at this rate and reach --rate over this time: 1:60s.")
  private Optional<String> ramp = Optional.empty();

  @Option(
      names = "--bursts",
      paramLabel = "ON:OFF",
      description = "Requests come for one time, none for the other, --rate on average: 5s:15s.")
  private Optional<String> bursts = Optional.empty();

  @Option(
      names = "--time-scale",
      defaultValue = "1",
      description = "By how much the time of --replay is stretched; 0.1 is ten times as fast.")
  private double timeScale;

  /// The arrivals; those of a trace where one is replayed.
  Arrival arrival(Optional<TraceFile> trace) {
    if (trace.isPresent()) {
      refuse(rate.isPresent() || users.isPresent(), "--replay has a rate of its own");
      return Arrival.Replay.of(trace.get().times(), timeScale);
    }
    refuse(
        rate.isPresent() && users.isPresent(), "--rate is an open loop and --users a closed one");
    return rate.<Arrival>map(value -> new Arrival.Open(spacing(), course(value)))
        .orElseGet(() -> new Arrival.Closed(users.orElse(1), thinkTime.duration()));
  }

  Spacing spacing() {
    return switch (kind) {
      case "constant" -> Spacing.EVEN;
      case "poisson" -> Spacing.POISSON;
      case "gamma" -> new Spacing.Gamma(burstiness);
      default ->
          throw new CommandFailure(
              "--arrival: no kind '" + kind + "'; there are constant, poisson, gamma");
    };
  }

  private Rate course(double value) {
    refuse(ramp.isPresent() && bursts.isPresent(), "--ramp and --bursts exclude each other");
    if (ramp.isPresent()) {
      String[] parts = parts("--ramp", ramp.get());
      return new Rate.Ramp(number(parts[0]), value, Times.parse("--ramp", parts[1]));
    }
    if (bursts.isPresent()) {
      String[] parts = parts("--bursts", bursts.get());
      return new Rate.Bursts(
          value, Times.parse("--bursts", parts[0]), Times.parse("--bursts", parts[1]));
    }
    return new Rate.Steady(value);
  }

  private static String[] parts(String option, String text) {
    String[] parts = text.split(":", -1);
    refuse(parts.length != 2, option + " '" + text + "' must be two values with a colon between");
    return parts;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new CommandFailure("--ramp: '" + text + "' is no rate", e);
    }
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new CommandFailure(why);
    }
  }
}
