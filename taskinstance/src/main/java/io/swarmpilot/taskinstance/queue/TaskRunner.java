package io.swarmpilot.taskinstance.queue;

import io.swarmpilot.runtime.grpc.Limits;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Fault;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.RunFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Executes one task and turns whatever happens into an outcome.
final class TaskRunner {
  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

  private static final int MOST_BYTES_A_CHARACTER = 3;

  private TaskRunner() {}

  /// Runs the task on the calling thread. Never throws.
  static Outcome run(Replica replica, Execution execution) {
    try {
      execution.cancellation().throwIfRequested();
      return succeeded(replica.run(execution));
    } catch (RunFailure failure) {
      return Outcome.Failed.of(failure);
    } catch (RuntimeException | Error e) {
      // Whatever the backend does, its slot has to come back.
      log.error("a backend failed unexpectedly", e);
      return new Outcome.Failed(RunFailure.Kind.EXECUTION, "the backend failed unexpectedly");
    }
  }

  /// The outcome of a task that found no thread.
  static Outcome lost() {
    return new Outcome.Failed(RunFailure.Kind.REPLICA_LOST, "the instance has no thread left");
  }

  private static Outcome succeeded(String result) {
    String object = isObject(result) ? result : "{\"output\":" + result + "}";
    if (isTooLarge(object)) {
      return new Outcome.Failed(
          RunFailure.Kind.EXECUTION,
          Fault.TOO_LARGE,
          "the result is larger than " + Limits.MAX_BODY_BYTES + " bytes");
    }
    return new Outcome.Succeeded(object);
  }

  /// Counts bytes: a result that fits by its characters alone could break every stream that it is
  /// sent on.
  private static boolean isTooLarge(String json) {
    long bytes = json.length();
    if (bytes * MOST_BYTES_A_CHARACTER <= Limits.MAX_BODY_BYTES) {
      return false;
    }
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      // Each half of a surrogate pair stands for two of its four bytes.
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes > Limits.MAX_BODY_BYTES;
  }

  private static boolean isObject(String json) {
    return json.stripLeading().startsWith("{");
  }
}
