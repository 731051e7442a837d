package io.swarmpilot.launcher.performance;

import io.grpc.Channel;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.ModelQueue;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.scheduler.v1.WaitTaskRequest;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Embeds sentences of mixed length, a fixed number of them at a time: as many words as a
/// log-uniform draw from 4 to 350 says, which takes a few to some hundred milliseconds each.
final class EmbeddingLoad {
  private static final double LEAST_WORDS = 4;
  private static final double MOST_WORDS = 350;
  private static final int TIMEOUT_MS = 60_000;
  private static final List<String> WORDS =
      List.of(
          "the task waits in a queue until one of the instances has room for it and then runs"
              .split(" "));

  private final SchedulerServiceBlockingStub scheduler;
  private final SplittableRandom random = new SplittableRandom(7);

  EmbeddingLoad(Channel channel) {
    this.scheduler = SchedulerServiceGrpc.newBlockingStub(channel);
  }

  /// Executes so many tasks.
  List<Life> run(int tasks, int inFlight) throws InterruptedException {
    List<Callable<Life>> work = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      SubmitTaskRequest request = request();
      work.add(() -> live(request));
    }
    List<Life> lives = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(inFlight)) {
      for (Future<Life> life : threads.invokeAll(work)) {
        lives.add(life.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a task did not end well", e);
    }
    return lives;
  }

  private Life live(SubmitTaskRequest request) {
    ModelQueue queue;
    String id;
    // Nobody else may come in between what is foretold and the task it is foretold for.
    synchronized (scheduler) {
      queue =
          scheduler
              .getQueueInfo(
                  GetQueueInfoRequest.newBuilder().setModelName(MeasuredMesh.EMBEDDING).build())
              .getModels(0);
      id = scheduler.submitTask(request).getTaskId();
    }
    Task task =
        scheduler
            .waitTask(WaitTaskRequest.newBuilder().setTaskId(id).setTimeoutMs(TIMEOUT_MS).build())
            .getTask();
    if (!task.getSuccess()) {
      throw new IllegalStateException(task.getTaskId() + ": " + task.getError());
    }
    return new Life(queue.getWaitingTimeExpect(), queue.getWaitingTimeError(), task);
  }

  private SubmitTaskRequest request() {
    double words = LEAST_WORDS * Math.pow(MOST_WORDS / LEAST_WORDS, random.nextDouble());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return SubmitTaskRequest.newBuilder()
        .setModelName(MeasuredMesh.EMBEDDING)
        .setTaskInput(JsonValues.of("{\"text\":\"" + text + "\"}"))
        .build();
  }
}
