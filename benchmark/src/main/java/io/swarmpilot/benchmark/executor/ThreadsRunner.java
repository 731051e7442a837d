package io.swarmpilot.benchmark.executor;

import io.swarmpilot.benchmark.recipe.WorkloadSettings;

/// Drives workloads by a piece of code that is one client, in as many threads as there are to be
/// clients: the way of a service of one's own.
final class ThreadsRunner implements WorkloadRunner {
  private final String service;
  private final ClientCode code;

  ThreadsRunner(String service, ClientCode code) {
    this.service = service;
    this.code = code;
  }

  @Override
  public String service() {
    return service;
  }

  @Override
  public boolean needsTarget() {
    return false;
  }

  @Override
  public RunningWorkload begin(WorkloadSettings settings) {
    return ThreadsWorkload.start(settings, code);
  }

  /// What one client does.
  @FunctionalInterface
  interface ClientCode {
    /// Sends requests until the log says that it is enough.
    void run(WorkloadSettings settings, int threadId, RequestLog log) throws Exception;
  }
}
