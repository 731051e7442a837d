package io.swarmpilot.launcher.serve;

import io.grpc.Channel;
import io.swarmpilot.client.Instance;
import io.swarmpilot.client.MeshClientException;
import io.swarmpilot.client.Registration;
import io.swarmpilot.client.SchedulerClient;
import io.swarmpilot.launcher.settings.CommandFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The instances that a scheduler of this process knows.
final class InstanceRegistry {
  private static final Logger log = LoggerFactory.getLogger(InstanceRegistry.class);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(2);

  private final SchedulerClient scheduler;

  InstanceRegistry(Channel scheduler) {
    this.scheduler = new SchedulerClient(scheduler, CALL_TIMEOUT);
  }

  /// Registers an instance of this process.
  ///
  /// @throws CommandFailure when the scheduler refuses it
  void register(String host, int port) {
    Registration answer = scheduler.registerInstance(host, port);
    if (!answer.success()) {
      throw new CommandFailure(
          "the scheduler refuses " + host + ":" + port + ": " + answer.message());
    }
  }

  /// Waits until so many instances take tasks.
  ///
  /// @throws CommandFailure when time is up first
  void awaitAvailable(int wanted, Duration longest) {
    if (!Deadline.in(longest).await(() -> available() >= wanted)) {
      throw new CommandFailure(
          available()
              + " of "
              + wanted
              + " task instances take tasks after "
              + longest.toSeconds()
              + " s");
    }
  }

  /// Waits until no task is left, or time is up.
  void awaitIdle(Deadline deadline) {
    try {
      deadline.await(() -> scheduler.healthCheck().liveTasks() == 0);
    } catch (MeshClientException e) {
      log.warn("the scheduler does not tell whether tasks are left: {}", e.message());
    }
  }

  /// Registers the instances that a file lists, in the background, each until it answers.
  Thread keepTrying(Path file) {
    List<InstanceList.Entry> entries = InstanceList.read(file);
    return Thread.ofVirtual().name("instances-file").start(() -> registerAll(entries));
  }

  private void registerAll(List<InstanceList.Entry> entries) {
    List<InstanceList.Entry> left = entries;
    while (!left.isEmpty() && !Thread.currentThread().isInterrupted()) {
      left = left.stream().filter(entry -> !register(entry)).toList();
      if (!left.isEmpty()) {
        LockSupport.parkNanos(RETRY_PAUSE.toNanos());
      }
    }
  }

  private boolean register(InstanceList.Entry entry) {
    try {
      Registration answer =
          entry
              .modelName()
              .map(model -> scheduler.registerInstance(entry.host(), entry.port(), model))
              .orElseGet(() -> scheduler.registerInstance(entry.host(), entry.port()));
      log.info("{}:{}: {}", entry.host(), entry.port(), answer.message());
      return answer.success();
    } catch (MeshClientException e) {
      log.warn("{}:{} cannot be registered: {}", entry.host(), entry.port(), e.message());
      return false;
    }
  }

  private long available() {
    return scheduler.listInstances().stream()
        .filter(instance -> instance.state().equals("available") && instance.replicas() > 0)
        .map(Instance::tiUuid)
        .count();
  }
}
