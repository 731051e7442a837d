package io.swarmpilot.benchmark.protocol;

import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Usage;

/// Told how a request goes, in order, by one thread at a time, which it must not hold up. Times are
/// of [System#nanoTime()], taken before what came is parsed.
public interface Reply {
  /// The request was taken up by the thread that sends it.
  void sent(long nanos);

  /// A piece of output came.
  void output(long nanos);

  /// It ended well. Nothing follows.
  void done(long nanos, Usage usage);

  /// It failed. Nothing follows.
  void failed(long nanos, Failure failure);
}
