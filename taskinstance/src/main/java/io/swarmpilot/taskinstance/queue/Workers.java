package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.taskinstance.backend.Workload;
import java.util.concurrent.Executor;

/// Where executions run.
///
/// @param waiting a virtual thread for each execution
/// @param computing a platform thread for each execution
public record Workers(Executor waiting, Executor computing) {
  /// The executor for a kind of work.
  public Executor of(Workload workload) {
    return switch (workload) {
      case WAITING -> waiting;
      case COMPUTING -> computing;
    };
  }
}
