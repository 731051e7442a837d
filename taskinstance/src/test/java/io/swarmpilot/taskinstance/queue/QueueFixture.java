package io.swarmpilot.taskinstance.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A queue on virtual time whose executions end when the test says so.
final class QueueFixture implements AutoCloseable {
  static final QueueBounds ROOMY =
      new QueueBounds(1_000, 1 << 20, 1_000, Duration.ofHours(1), 1 << 20);

  final VirtualClock clock = new VirtualClock();
  final GatedBackend backend;
  final TaskQueue queue;
  final Recorder scheduler;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  QueueFixture(QueueBounds bounds, int slots) {
    backend = new GatedBackend(slots);
    queue = new TaskQueue(bounds, 2, new Workers(threads, threads), clock);
    scheduler = new Recorder(queue.dispatchPort());
  }

  static QueueFixture roomy() {
    return new QueueFixture(ROOMY, 1);
  }

  /// Starts replicas and returns how many run.
  int start(String model, int count) {
    return start(model, count, 0);
  }

  int start(String model, int count, int gpusEach) {
    Reservation reserved = queue.replicas().reserve(reservation(model, count, gpusEach));
    List<Replica> opened = new ArrayList<>();
    for (ReplicaSpec spec : reserved.specs()) {
      opened.add(backend.open(spec));
    }
    return queue.replicas().start(reserved, opened);
  }

  Reservation reservation(String model, int count, int gpusEach) {
    ReplicaSpec spec = new ReplicaSpec(model, JsonNodeFactory.instance.objectNode());
    return new Reservation(spec, backend, count, gpusEach);
  }

  Accepted enqueue(String id) {
    return enqueue(id, null);
  }

  Accepted enqueue(String id, @Nullable String model) {
    return queue.enqueue(NewTask.local(id, model, "{}"));
  }

  /// A command of the scheduler's to execute a task of model "m".
  void execute(String id, int attempt) {
    queue.dispatchPort().execute(scheduler, new NewTask(id, attempt, "m", "{}", null));
  }

  /// The same with a bound of time.
  void execute(String id, int attempt, double remainingMs) {
    queue.dispatchPort().execute(scheduler, new NewTask(id, attempt, "m", "{}", null, remainingMs));
  }

  /// A command of the scheduler's to say what a task puts out, or to cease.
  void follow(String id, boolean follow) {
    queue.dispatchPort().follow(scheduler, id, follow);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
