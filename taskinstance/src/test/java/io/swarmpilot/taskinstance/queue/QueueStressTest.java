package io.swarmpilot.taskinstance.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many threads enqueue, dispatch, abort, acknowledge, start and stop at once; afterwards every
/// task that was taken has ended exactly once, and none was executed twice.
@Timeout(60)
class QueueStressTest {
  private static final int THREADS = 8;
  private static final int STEPS = 1_500;

  private final Map<String, AtomicInteger> executions = new ConcurrentHashMap<>();
  private final AtomicInteger openReplicas = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void losesNothingAndRunsNothingTwice(long seed) throws Exception {
    QueueBounds bounds = new QueueBounds(200, 1 << 20, 100_000, Duration.ofHours(1), 1L << 30);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      TaskQueue queue = new TaskQueue(bounds, 0, new Workers(threads, threads), MeshClock.system());
      Outcomes scheduler = new Outcomes(queue.dispatchPort());
      scheduler.open();
      List<Future<List<String>>> callers = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        SplittableRandom random = new SplittableRandom(seed * 1_000 + thread);
        String prefix = "s" + thread + "-";
        callers.add(threads.submit(() -> act(queue, scheduler, random, prefix)));
      }
      List<String> taken = new ArrayList<>();
      for (Future<List<String>> caller : callers) {
        taken.addAll(caller.get(30, TimeUnit.SECONDS));
      }
      start(queue, 2);
      queue.drain().toCompletableFuture().get(30, TimeUnit.SECONDS);
      scheduler.eventsReady();

      for (String id : taken) {
        assertThat(queue.lookup(id))
            .as("seed %d, %s", seed, id)
            .isInstanceOf(Lookup.Finished.class);
      }
      assertThat(scheduler.answers.keySet())
          .as("seed %d: answered", seed)
          .containsExactlyInAnyOrderElementsOf(scheduler.sent);
      assertThat(scheduler.answers.values())
          .as("seed %d: answers of each task", seed)
          .allMatch(answers -> answers.get() == 1);
      assertThat(executions.values())
          .as("seed %d: executions of each task", seed)
          .allMatch(count -> count.get() == 1);
      assertThat(queue.results(100_000, Long.MAX_VALUE))
          .as("seed %d: no slot ran two tasks", seed)
          .noneMatch(task ->
              task.outcome() instanceof Outcome.Failed(RunFailure.Kind kind, _, _)
                  && kind == RunFailure.Kind.EXECUTION);
      assertThat(queue.view().queueSize()).isZero();
      assertThat(queue.forecast().meanMs()).isZero();
      queue.replicas().stop(Integer.MAX_VALUE);
    }
    assertThat(openReplicas).as("seed %d", seed).hasValue(0);
  }

  private List<String> act(
      TaskQueue queue, Outcomes scheduler, SplittableRandom random, String prefix) {
    List<String> taken = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      String id = prefix + step;
      switch (random.nextInt(20)) {
        case 0 -> start(queue, 1);
        case 1 -> queue.replicas().stop(random.nextInt(1, 3));
        case 2 -> queue.dispatchPort().abort(scheduler, prefix + (step - 1), 1);
        case 3 -> assertThat(queue.forecast().meanMs()).isNotNegative();
        case 4, 5, 6, 7, 8, 9 -> enqueue(queue, id, taken);
        default -> {
          scheduler.sent.add(id);
          queue.dispatchPort().execute(scheduler, new NewTask(id, 1, "m", "{}", null));
        }
      }
    }
    return taken;
  }

  private static void enqueue(TaskQueue queue, String id, List<String> taken) {
    try {
      taken.add(queue.enqueue(NewTask.local(id, "m", "{}")).taskId());
    } catch (MeshException refused) {
      // No replica, or the bound: the caller was told, so nothing may happen to the task.
      assertThat(queue.lookup(id)).isInstanceOf(Lookup.Unknown.class);
    }
  }

  private void start(TaskQueue queue, int count) {
    Backend backend = new Counting();
    ReplicaSpec spec = new ReplicaSpec("m", JsonNodeFactory.instance.objectNode());
    Reservation reserved = queue.replicas().reserve(new Reservation(spec, backend, count, 0));
    List<Replica> opened = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      opened.add(backend.open(spec));
    }
    queue.replicas().start(reserved, opened);
  }

  /// A scheduler that acknowledges every outcome. A task is answered by an outcome or a refusal;
  /// the answer to an abort of what was answered already is not another one.
  private static final class Outcomes implements DispatchListener {
    final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final DispatchPort port;

    Outcomes(DispatchPort port) {
      this.port = port;
    }

    void open() {
      assertThat(port.attach(this).tasks()).isEmpty();
    }

    @Override
    public void eventsReady() {
      for (TaskEvent event : port.take(this, 100, 10_000)) {
        switch (event) {
          case TaskEvent.Started _ -> {}
          case TaskEvent.Ended(FinishedTask task) -> {
            if (!(task.outcome() instanceof Outcome.Failed(_, _, String message)
                && message.equals("the instance has no such task"))) {
              count(task.taskId());
              port.acknowledge(this, task.taskId(), task.attempt());
            }
          }
          case TaskEvent.Progressed _ -> throw new AssertionError("nothing is followed");
          case TaskEvent.Refused(String taskId, _, _) -> count(taskId);
        }
      }
    }

    @Override
    public void instanceChanged() {
      eventsReady();
    }

    private void count(String id) {
      answers.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
    }
  }

  /// Counts how often each task is executed, and that no replica runs two at once.
  private final class Counting implements Backend {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public boolean runs(String modelType) {
      return true;
    }

    @Override
    public Workload workload() {
      return Workload.WAITING;
    }

    @Override
    public Replica open(ReplicaSpec spec) {
      openReplicas.incrementAndGet();
      AtomicInteger busy = new AtomicInteger();
      return new Replica() {
        @Override
        public Software software() {
          return new Software("counting", "1");
        }

        @Override
        public int slots() {
          return 1;
        }

        @Override
        public String run(Execution execution) throws RunFailure {
          if (busy.incrementAndGet() != 1) {
            throw new IllegalStateException("two tasks on one slot");
          }
          executions
              .computeIfAbsent(execution.taskId(), _ -> new AtomicInteger())
              .incrementAndGet();
          LockSupport.parkNanos(1_000);
          busy.decrementAndGet();
          execution.cancellation().throwIfRequested();
          return "{}";
        }

        @Override
        public void close() {
          if (busy.get() != 0) {
            throw new IllegalStateException("closed while a task runs");
          }
          openReplicas.decrementAndGet();
        }
      };
    }
  }
}
