package io.swarmpilot.benchmark.logs;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/// Gathers logs (seed "BaseLogCollector"). Used by one thread.
public interface BaseLogCollector extends AutoCloseable {
  /// Makes the collector ready, without sources yet; false when it cannot.
  default boolean deploy() {
    return deploy(List.of());
  }

  /// Makes the collector ready and collects from sources at once; false when it cannot.
  boolean deploy(List<LogSource> sources);

  /// Collects from further sources; false when it is not deployed or has ended.
  boolean startCollection(List<LogSource> sources);

  /// Whether it is deployed and collects from all of its sources.
  boolean isReady();

  /// Reads what is left of every source, ends, and tells what was gathered.
  ImmutableMap<String, Object> stopCollection();

  /// As [#stopCollection()].
  @Override
  default void close() {
    var _ = stopCollection();
  }
}
