package io.swarmpilot.taskinstance.queue;

import static java.util.Objects.requireNonNull;

import io.swarmpilot.taskinstance.backend.Backend;
import io.swarmpilot.taskinstance.backend.Execution;
import io.swarmpilot.taskinstance.backend.ExecutionOutput;
import io.swarmpilot.taskinstance.backend.Replica;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.ReplicaState;
import io.swarmpilot.taskinstance.backend.RunFailure;
import io.swarmpilot.taskinstance.backend.Software;
import io.swarmpilot.taskinstance.backend.Workload;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Executions end when the test says so.
final class GatedBackend implements Backend {
  private final BlockingQueue<Run> begun = new LinkedBlockingQueue<>(10_000);
  private final AtomicInteger open = new AtomicInteger();
  private final BlockingQueue<String> closed = new LinkedBlockingQueue<>(1_000);
  private volatile CountDownLatch closing = new CountDownLatch(0);
  private final List<GatedReplica> replicas = new CopyOnWriteArrayList<>();
  private final int slots;

  GatedBackend(int slots) {
    this.slots = slots;
  }

  /// The next execution that began.
  Run next() throws InterruptedException {
    return requireNonNull(begun.poll(10, TimeUnit.SECONDS), "no execution began");
  }

  /// Whether no execution began that was not taken by [#next()].
  boolean isQuiet() {
    return begun.isEmpty();
  }

  /// Waits until a replica was closed.
  void awaitClosed() throws InterruptedException {
    requireNonNull(closed.poll(10, TimeUnit.SECONDS), "no replica was closed");
  }

  /// Lets the replica that was opened as this one, from 0, change its state.
  void become(int replica, ReplicaState state) {
    replicas.get(replica).become(state);
  }

  /// GPUs that the replicas were opened with.
  List<List<Integer>> gpus() {
    return replicas.stream().map(replica -> replica.gpus).toList();
  }

  /// Lets replicas close only once the latch is open.
  void holdClosing(CountDownLatch latch) {
    closing = latch;
  }

  int openReplicas() {
    return open.get();
  }

  @Override
  public String name() {
    return "gated";
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
    open.incrementAndGet();
    GatedReplica replica = new GatedReplica(spec.gpus());
    replicas.add(replica);
    return replica;
  }

  /// One execution.
  record Run(String taskId, ExecutionOutput output, CompletableFuture<String> result) {
    void succeed(String json) {
      result.complete(json);
    }

    void fail(RunFailure failure) {
      result.completeExceptionally(failure);
    }
  }

  private final class GatedReplica implements Replica {
    private final List<Integer> gpus;
    private volatile ReplicaState state = ReplicaState.READY;
    private volatile Runnable listener = () -> {};

    GatedReplica(List<Integer> gpus) {
      this.gpus = gpus;
    }

    void become(ReplicaState next) {
      state = next;
      listener.run();
    }

    @Override
    public ReplicaState state() {
      return state;
    }

    @Override
    public void onStateChange(Runnable change) {
      listener = change;
    }

    @Override
    public Software software() {
      return new Software("gate", "1");
    }

    @Override
    public int slots() {
      return slots;
    }

    @Override
    public String run(Execution execution) throws RunFailure {
      Run run = new Run(execution.taskId(), execution.output(), new CompletableFuture<>());
      begun.add(run);
      try (var _ = execution.cancellation().onRequest(() -> run.fail(RunFailure.cancelled()))) {
        return run.result().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RunFailure failure) {
          throw failure;
        }
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        throw RunFailure.cancelled();
      }
    }

    @Override
    public void close() {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      open.decrementAndGet();
      closed.add("closed");
    }
  }
}
