package io.swarmpilot.benchmark.simulate.fleet;

import com.google.common.base.Splitter;
import java.util.List;

/// What goes wrong. Replicas are named by their number alone; the scheduler is told nothing.
///
/// @param slowReplicas how many, from the first one, take longer than they should
/// @param slowness by which factor they do
/// @param lateReplicas how many, from the last one, register late
/// @param lateAt share of the run after which they do
/// @param crashedReplicas how many, from the second one, are lost with what they run
/// @param crashAt share of the run after which they are
/// @param handoverMs time from the decision until a replica has the task
public record Faults(
    int slowReplicas,
    double slowness,
    int lateReplicas,
    double lateAt,
    int crashedReplicas,
    double crashAt,
    double handoverMs) {
  /// All is well.
  public static final Faults NONE = new Faults(0, 1, 0, 0, 0, 0, 0);

  private static final double MOST_SLOWNESS = 10_000;
  private static final double MOST_HANDOVER_MS = 1e7;

  /// The faults that `slow:1:20,late:8:0.4,crash:2:0.5,handover:100` means.
  ///
  /// @throws IllegalArgumentException when it cannot be read
  public static Faults parse(String text) {
    Faults faults = NONE;
    for (String part : Splitter.on(',').trimResults().omitEmptyStrings().split(text)) {
      faults = faults.with(part, Splitter.on(':').splitToList(part));
    }
    return faults;
  }

  private Faults with(String part, List<String> words) {
    return switch (words.getFirst()) {
      case "slow" ->
          new Faults(
              (int) number(part, words, 1, 3, 1, Fleet.MOST),
              number(part, words, 2, 3, 1, MOST_SLOWNESS),
              lateReplicas,
              lateAt,
              crashedReplicas,
              crashAt,
              handoverMs);
      case "late" ->
          new Faults(
              slowReplicas,
              slowness,
              (int) number(part, words, 1, 3, 1, Fleet.MOST),
              number(part, words, 2, 3, 0, 1),
              crashedReplicas,
              crashAt,
              handoverMs);
      case "crash" ->
          new Faults(
              slowReplicas,
              slowness,
              lateReplicas,
              lateAt,
              (int) number(part, words, 1, 3, 1, Fleet.MOST),
              number(part, words, 2, 3, 0, 1),
              handoverMs);
      case "handover" ->
          new Faults(
              slowReplicas,
              slowness,
              lateReplicas,
              lateAt,
              crashedReplicas,
              crashAt,
              number(part, words, 1, 2, 0, MOST_HANDOVER_MS));
      default ->
          throw new IllegalArgumentException(
              "--faults: '"
                  + part
                  + "' is none of slow:REPLICAS:FACTOR, late:REPLICAS:SHARE,"
                  + " crash:REPLICAS:SHARE, handover:MILLISECONDS");
    };
  }

  private static double number(
      String part, List<String> words, int at, int length, double least, double most) {
    try {
      double value = words.size() == length ? Double.parseDouble(words.get(at)) : Double.NaN;
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number out of its range.
    }
    throw new IllegalArgumentException(
        "--faults: '"
            + part
            + "': the "
            + (at == 1 ? "first" : "second")
            + " number must be "
            + least
            + " to "
            + most);
  }

  /// How many times longer a replica takes than it should.
  public double slowness(int replica) {
    return replica < slowReplicas ? slowness : 1;
  }

  /// Whether a replica of a fleet registers late.
  public boolean isLate(int replica, int size) {
    return replica >= size - lateReplicas;
  }

  /// Whether a replica is lost.
  public boolean crashes(int replica) {
    return replica >= 1 && replica <= crashedReplicas;
  }
}
