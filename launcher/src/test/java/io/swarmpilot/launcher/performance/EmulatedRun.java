package io.swarmpilot.launcher.performance;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import io.grpc.ManagedChannel;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.benchmark.simulate.measure.Lives;
import io.swarmpilot.benchmark.simulate.workload.Workload;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// Tasks of an experiment on a real mesh: scheduler and instances talk over the network, time is
/// real but runs faster, and each task takes the time that the experiment gives it.
final class EmulatedRun {
  private static final String EMULATED = "{\"backend\":\"simulated\",\"latency_field\":\"ms\"}";
  private static final double NANOS_A_SECOND = 1e9;
  private static final int TIMEOUT_MS = 60_000;

  private final Workload tasks;
  private final Fleet fleet;
  private final double speed;
  private final List<Task> done = new ArrayList<>();
  private double begun;

  private EmulatedRun(Workload tasks, Fleet fleet, double speed) {
    this.tasks = tasks;
    this.fleet = fleet;
    this.speed = speed;
  }

  /// Runs all tasks.
  ///
  /// @param fleet replicas of one kind; each becomes an instance
  /// @param meanMs how long tasks are to take on the average
  static EmulatedRun of(Workload tasks, Fleet fleet, double meanMs) throws IOException {
    double sum = 0;
    for (int task = 0; task < tasks.size(); task++) {
      sum += tasks.aloneMs(task, fleet);
    }
    EmulatedRun run = new EmulatedRun(tasks, fleet, sum / tasks.size() / meanMs);
    try (MeasuredMesh mesh = MeasuredMesh.startWith(EMULATED, fleet.size())) {
      ManagedChannel channel = MeshChannels.netty("127.0.0.1", mesh.schedulerPort());
      run.play(SchedulerServiceGrpc.newBlockingStub(channel));
      channel.shutdownNow();
    }
    return run;
  }

  /// What became of the tasks, in the time of the experiment.
  Lives lives() {
    Lives lives = new Lives(tasks.size());
    for (int task = 0; task < done.size(); task++) {
      long started = experimentNanos(startedAt(done.get(task)));
      lives.started(task, 0, started);
      lives.answered(task, started);
      lives.ended(task, experimentNanos(done.get(task).getCompletionTime()));
    }
    return lives;
  }

  /// The tasks as they really came, each as long as its instance had no room for another: from the
  /// end of the task before, or from its submission, to its end. What the mesh and a busy machine
  /// added is in it.
  Workload asTheyTurnedOut() {
    long[] arrivals = new long[done.size()];
    double[] factors = new double[done.size()];
    Map<String, Double> freeSince = new HashMap<>();
    List<Integer> byEnd = new ArrayList<>();
    for (int task = 0; task < done.size(); task++) {
      long submitted = experimentNanos(done.get(task).getSubmitTime());
      arrivals[task] = Math.max(submitted, task == 0 ? 0 : arrivals[task - 1]);
      byEnd.add(task);
    }
    byEnd.sort(Comparator.comparingDouble(task -> done.get(task).getCompletionTime()));
    for (int task : byEnd) {
      Task life = done.get(task);
      double free = freeSince.getOrDefault(life.getScheduledTi(), 0.0);
      double ms = 1e3 * (life.getCompletionTime() - Math.max(free, life.getSubmitTime()));
      factors[task] = tasks.noise(task) * ms / latencyMs(task);
      freeSince.put(life.getScheduledTi(), life.getCompletionTime());
    }
    return tasks.turnedOut(
        ImmutableLongArray.copyOf(arrivals), ImmutableDoubleArray.copyOf(factors));
  }

  private void play(SchedulerServiceBlockingStub scheduler) {
    begun = now() + 0.2;
    List<Thread> submitting = new ArrayList<>();
    for (int task = 0; task < tasks.size(); task++) {
      double due = begun + tasks.arrivalNanos(task) / speed / NANOS_A_SECOND;
      for (double left = due - now(); left > 0; left = due - now()) {
        LockSupport.parkNanos((long) (left * NANOS_A_SECOND));
      }
      SubmitTaskRequest request = request(task);
      submitting.add(Thread.ofVirtual().start(() -> scheduler.submitTask(request)));
    }
    for (int task = 0; task < tasks.size(); task++) {
      try {
        submitting.get(task).join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      Task end = scheduler.waitTask(wait(task)).getTask();
      if (!end.getSuccess()) {
        throw new IllegalStateException(end.getTaskId() + ": " + end.getError());
      }
      done.add(end);
    }
  }

  private SubmitTaskRequest request(int task) {
    return SubmitTaskRequest.newBuilder()
        .setTaskId(id(task))
        .setModelName(MeasuredMesh.NO_OP)
        .setTaskInput(json("{\"ms\":%f}", task))
        .setMetadata(json("{\"server_time_cost\":%f}", task))
        .build();
  }

  private JsonValue json(String form, int task) {
    return JsonValues.of(String.format(Locale.ROOT, form, latencyMs(task)));
  }

  private static WaitTaskRequest wait(int task) {
    return WaitTaskRequest.newBuilder().setTaskId(id(task)).setTimeoutMs(TIMEOUT_MS).build();
  }

  private static String id(int task) {
    return "task-emulated-" + task;
  }

  private double latencyMs(int task) {
    return tasks.aloneMs(task, fleet) / speed;
  }

  private long experimentNanos(double unix) {
    return (long) ((unix - begun) * speed * NANOS_A_SECOND);
  }

  private static double startedAt(Task task) {
    return task.getSubmitTime() + task.getWaitTimeMs() / 1e3;
  }

  private static double now() {
    Instant now = Instant.now();
    return now.getEpochSecond() + now.getNano() / NANOS_A_SECOND;
  }
}
