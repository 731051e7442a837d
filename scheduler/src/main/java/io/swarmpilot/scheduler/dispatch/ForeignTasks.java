package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.payload.TaskPayload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// The tasks of one foreign instance: those to be sent, and those it took, under the ids it gave
/// them.
final class ForeignTasks {
  /// Most results asked for in one round: with four rounds a second, 128 calls a second.
  private static final int MOST_ASKED = 32;

  /// Rounds with an empty queue and no result after which a task is taken for gone.
  private static final int ROUNDS_UNTIL_GONE = 8;

  private final BlockingQueue<Queued> queued;
  private final Map<String, Remote> byTaskId = new ConcurrentHashMap<>();
  private final Map<String, String> localIds = new ConcurrentHashMap<>();
  private volatile int queueSize = -1;
  private String lastAsked = "";

  ForeignTasks(int bound) {
    this.queued = new LinkedBlockingQueue<>(bound);
  }

  /// Adds a task to send; false when too many wait.
  boolean queue(TaskSnapshot task) {
    return task.payload() instanceof TaskPayload payload
        && queued.offer(
            new Queued(
                task.taskId(), task.attempt(), task.model(), payload.input(), payload.metadata()));
  }

  /// Takes a task back that waits to be sent.
  void unqueue(String taskId, int attempt) {
    queued.removeIf(task -> task.taskId().equals(taskId) && task.attempt() <= attempt);
  }

  boolean hasQueued() {
    return !queued.isEmpty();
  }

  Optional<Queued> next() {
    return Optional.ofNullable(queued.poll());
  }

  /// Notes that the instance took a task.
  void taken(Queued task, String remoteId) {
    byTaskId.put(
        task.taskId(), new Remote(task.taskId(), task.attempt(), remoteId, new AtomicInteger()));
    if (!remoteId.equals(task.taskId())) {
      localIds.put(remoteId, task.taskId());
    }
  }

  /// Notes that the outcome of an attempt is recorded.
  void forget(String taskId, int attempt) {
    Remote remote = byTaskId.get(taskId);
    if (remote != null && remote.attempt() <= attempt && byTaskId.remove(taskId, remote)) {
      localIds.remove(remote.remoteId());
    }
  }

  Optional<String> localId(String remoteId) {
    return Optional.ofNullable(localIds.get(remoteId));
  }

  Optional<Remote> remote(String taskId) {
    return Optional.ofNullable(byTaskId.get(taskId));
  }

  void queueSize(int size) {
    queueSize = size;
  }

  /// The tasks to ask for in this round, in turn.
  List<Remote> toAskFor() {
    List<Remote> all = new ArrayList<>(byTaskId.values());
    if (all.size() <= MOST_ASKED) {
      return all;
    }
    all.sort((a, b) -> a.taskId().compareTo(b.taskId()));
    List<Remote> round = new ArrayList<>(MOST_ASKED);
    for (Remote task : all) {
      if (task.taskId().compareTo(lastAsked) > 0 && round.size() < MOST_ASKED) {
        round.add(task);
      }
    }
    lastAsked = round.size() < MOST_ASKED ? "" : round.getLast().taskId();
    return round;
  }

  /// Whether a task without result must be gone: the instance said for long enough that it holds
  /// none.
  boolean isGone(Remote task) {
    if (queueSize != 0) {
      task.emptyRounds().set(0);
      return false;
    }
    return task.emptyRounds().incrementAndGet() >= ROUNDS_UNTIL_GONE;
  }

  /// A task to be sent.
  ///
  /// @param taskId our id
  /// @param attempt the attempt
  /// @param model model that must run it
  /// @param input its input
  /// @param metadata what is known about it
  record Queued(String taskId, int attempt, String model, JsonValue input, JsonValue metadata) {}

  /// A task the instance took.
  ///
  /// @param taskId our id
  /// @param attempt the attempt
  /// @param remoteId the instance's id
  /// @param emptyRounds rounds in which the instance held nothing and had no result of it
  record Remote(String taskId, int attempt, String remoteId, AtomicInteger emptyRounds) {}
}
