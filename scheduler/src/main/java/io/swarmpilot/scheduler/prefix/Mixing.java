package io.swarmpilot.scheduler.prefix;

/// Spreads every bit of a number over all bits. Source: the finalizer of MurmurHash3.
final class Mixing {
  private Mixing() {}

  static long of(long number) {
    long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
