package io.swarmpilot.scheduler.output;

import io.swarmpilot.scheduler.core.Effect.TaskChange;
import io.swarmpilot.scheduler.core.TaskSnapshot;
import io.swarmpilot.scheduler.core.TaskStatus;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.TaskWatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Brings the partial output of tasks from their instances to those who follow them. An instance is
/// asked only for tasks that somebody follows, again whenever the task starts somewhere and
/// whenever the connection is new.
public final class OutputRelay implements TaskWatcher, OutputSink {
  private final Map<String, Followed> followed = new ConcurrentHashMap<>();
  private final SchedulerView view;
  private final OutputRequests requests;

  /// A relay without readers.
  public OutputRelay(SchedulerView view, OutputRequests requests) {
    this.view = view;
    this.requests = requests;
  }

  /// Lets a reader follow a task; it reads from the log that is returned.
  public Subscription follow(String taskId, OutputReader reader) {
    Followed task =
        followed.compute(
            taskId,
            (id, known) -> {
              Followed found = known == null ? new Followed() : known;
              found.readers.add(reader);
              view.watchers().add(this, List.of(id));
              return found;
            });
    // Only now: what the instance sends at once has to find its reader.
    view.tasks().find(taskId).ifPresent(this::ask);
    return new Subscription(taskId, reader, task.log);
  }

  /// Tasks that somebody follows.
  public int size() {
    return followed.size();
  }

  @Override
  public void changed(TaskChange change, TaskSnapshot task) {
    if (change == TaskChange.STARTED || change == TaskChange.RETRIED) {
      ask(task);
    }
  }

  @Override
  public void progressed(String instance, String taskId, Piece piece) {
    Followed task = followed.get(taskId);
    if (task != null && isCurrent(instance, taskId, piece) && task.log.add(piece)) {
      task.readers.forEach(OutputReader::outputReady);
    }
  }

  @Override
  public void connected(String instance) {
    followed.keySet().stream()
        .map(id -> view.tasks().find(id))
        .flatMap(Optional::stream)
        .filter(task -> task.instance().equals(instance))
        .forEach(this::ask);
  }

  /// Word of any but the current attempt is void.
  private boolean isCurrent(String instance, String taskId, Piece piece) {
    return view.tasks()
        .find(taskId)
        .filter(task -> task.instance().equals(instance) && task.attempt() == piece.attempt())
        .isPresent();
  }

  private void ask(TaskSnapshot task) {
    if (task.status() == TaskStatus.SCHEDULED) {
      requests.follow(task.instance(), task.taskId(), true);
    }
  }

  private void leave(String taskId, OutputReader reader) {
    followed.computeIfPresent(
        taskId,
        (id, task) -> {
          task.readers.remove(reader);
          if (!task.readers.isEmpty()) {
            return task;
          }
          cease(id);
          return null;
        });
  }

  private void cease(String taskId) {
    view.watchers().remove(this, List.of(taskId));
    view.tasks()
        .find(taskId)
        .filter(task -> task.status() == TaskStatus.SCHEDULED)
        .ifPresent(task -> requests.follow(task.instance(), taskId, false));
  }

  /// A task that somebody follows.
  private static final class Followed {
    private final Set<OutputReader> readers = ConcurrentHashMap.newKeySet();
    private final OutputLog log = new OutputLog();
  }

  /// What one reader follows.
  public final class Subscription implements AutoCloseable {
    private final String taskId;
    private final OutputReader reader;
    private final OutputLog log;

    private Subscription(String taskId, OutputReader reader, OutputLog log) {
      this.taskId = taskId;
      this.reader = reader;
      this.log = log;
    }

    /// The first piece after a position, if it has come.
    public @Nullable Piece after(Position position) {
      return log.after(position);
    }

    @Override
    public void close() {
      leave(taskId, reader);
    }
  }
}
