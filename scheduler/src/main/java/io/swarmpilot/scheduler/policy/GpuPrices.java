package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableSortedMap;
import java.util.Map;

/// What an hour of a GPU costs, in any currency.
///
/// @param pricePerGpuHour price of hardware that has none of its own, 0 to 1e9
/// @param hardwarePrices prices of single kinds of hardware, by name in any case; at most 1,024
public record GpuPrices(double pricePerGpuHour, ImmutableSortedMap<String, Double> hardwarePrices) {
  private static final int MOST = 1_024;
  private static final double HIGHEST = 1e9;

  /// Checks the bounds.
  ///
  /// @throws IllegalArgumentException naming the price that is out of them
  public GpuPrices {
    require(isPrice(pricePerGpuHour), "pricePerGpuHour");
    require(
        hardwarePrices.size() <= MOST
            && hardwarePrices.values().stream().allMatch(GpuPrices::isPrice),
        "hardwarePrices");
  }

  /// The same price for all hardware.
  public static GpuPrices of(double pricePerGpuHour) {
    return of(pricePerGpuHour, Map.of());
  }

  /// Prices of single kinds of hardware, and that of any other.
  public static GpuPrices of(double otherwise, Map<String, Double> byHardware) {
    return new GpuPrices(
        otherwise, ImmutableSortedMap.copyOf(byHardware, String.CASE_INSENSITIVE_ORDER));
  }

  /// Whether hardware has prices of its own.
  public boolean differ() {
    return !hardwarePrices.isEmpty();
  }

  /// Price of an hour of a GPU.
  ///
  /// @param hardware name of its kind, "" while unknown
  public double perHour(String hardware) {
    Double price = hardwarePrices.get(hardware);
    return price == null ? pricePerGpuHour : price;
  }

  private static boolean isPrice(double value) {
    return value >= 0 && value < HIGHEST;
  }

  private static void require(boolean condition, String name) {
    if (!condition) {
      throw new IllegalArgumentException(name + " (expected: 0 to 1e9)");
    }
  }
}
