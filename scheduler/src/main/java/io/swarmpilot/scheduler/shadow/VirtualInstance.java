package io.swarmpilot.scheduler.shadow;

import io.swarmpilot.scheduler.core.HeldTask;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.InstanceStatus;
import io.swarmpilot.scheduler.core.Registration;
import io.swarmpilot.scheduler.core.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An instance of a virtual mesh: slots, and before them a queue in order of arrival.
final class VirtualInstance {
  private final String uuid;
  private final boolean tellsStarts;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final ArrayDeque<Run> queue = new ArrayDeque<>();
  private final List<Run> unheard = new ArrayList<>();
  private InstanceStatus status = InstanceStatus.IDLE;
  private String incarnation = "";
  private long session = -1;
  private boolean connected;
  private int running;

  /// @param tellsStarts whether it tells when a task starts, as instances of the mesh do
  private VirtualInstance(String uuid, boolean tellsStarts) {
    this.uuid = uuid;
    this.tellsStarts = tellsStarts;
  }

  static VirtualInstance of(Registration registration, String uuid) {
    VirtualInstance instance = new VirtualInstance(uuid, registration.kind() == InstanceKind.MESH);
    instance.reports(registration.status());
    return instance;
  }

  String uuid() {
    return uuid;
  }

  boolean tellsStarts() {
    return tellsStarts;
  }

  InstanceStatus status() {
    return status;
  }

  Target target() {
    return status.target();
  }

  void reports(InstanceStatus now) {
    status = now;
  }

  /// Number of its connection.
  long session() {
    return session;
  }

  String incarnation() {
    return incarnation;
  }

  /// Whether what happens on it is heard of.
  boolean isConnected() {
    return connected;
  }

  /// It answers, on a new connection; a new process of it holds nothing.
  void connect(long number, String process) {
    session = number;
    connected = true;
    if (!process.equals(incarnation)) {
      runs.values().forEach(run -> run.over = true);
      runs.clear();
      queue.clear();
      unheard.clear();
      running = 0;
    }
    incarnation = process;
  }

  void disconnect() {
    connected = false;
  }

  /// Something happens to a task that nobody hears of until it answers again.
  void happensUnheard(Run run) {
    unheard.add(run);
  }

  /// What happened unheard of and is heard of now.
  List<Run> heardNow() {
    List<Run> runs = List.copyOf(unheard);
    unheard.clear();
    return runs;
  }

  /// What it holds, as it says when it connects.
  List<HeldTask> held() {
    List<HeldTask> held = new ArrayList<>(runs.size());
    runs.forEach((id, run) -> held.add(new HeldTask(id, run.attempt, run.isRunning())));
    return held;
  }

  /// The runs it holds, in the order in which it was given them.
  List<Run> runs() {
    return List.copyOf(runs.values());
  }

  @Nullable Run find(String taskId) {
    return runs.get(taskId);
  }

  void hold(Run run) {
    runs.put(run.task.id(), run);
  }

  /// A task has arrived, and waits for a slot.
  void enqueue(Run run) {
    queue.add(run);
  }

  /// The next task that has a slot, if one is free; it counts as running from then on.
  @Nullable Run next(long now) {
    int slots = Math.max(1, Math.max(status.slots(), status.replicas()));
    Run first = running < slots ? queue.poll() : null;
    if (first != null) {
      start(first, now);
    }
    return first;
  }

  /// A task runs since then.
  void start(Run run, long since) {
    run.startedAt = since;
    running++;
  }

  /// A task leaves, whatever became of it.
  void release(Run run) {
    run.over = true;
    if (runs.remove(run.task.id(), run) && run.isRunning()) {
      running--;
    } else {
      queue.remove(run);
    }
  }
}
