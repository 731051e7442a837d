package io.swarmpilot.benchmark.executor;

import java.util.concurrent.Callable;

/// Where the clients of a service of one's own write down what their requests did. Any thread.
public interface RequestLog {
  /// Whether to go on: false once the time is over or the workload was stopped.
  boolean goesOn();

  /// Sends a request and writes down how it went; whatever it throws is a failed request.
  void request(Callable<?> request);
}
