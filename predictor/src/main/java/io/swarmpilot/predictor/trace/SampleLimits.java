package io.swarmpilot.predictor.trace;

/// How much a list of traces may hold.
public final class SampleLimits {
  /// Most rows.
  public static final int ROWS = 200_000;

  /// Most numbers in all rows together, so that they fit into memory with ease.
  public static final int NUMBERS = 4_000_000;

  /// Largest file of them, bytes.
  public static final int FILE_BYTES = 64 << 20;

  /// Largest file of them after decompression, bytes.
  public static final int PLAIN_BYTES = 256 << 20;

  private SampleLimits() {}
}
