package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.WatchTasksRequest;
import io.swarmpilot.proto.scheduler.v1.WatchTasksResponse;
import io.swarmpilot.proto.taskinstance.v1.ExecuteTask;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Following tasks.
final class WatchTest {
  @Test
  void namedTasksAreFollowedToTheirEnd() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.add(instance, 8100);
      String id = mesh.submit("m").getTaskId();
      Iterator<WatchTasksResponse> events =
          mesh.stub()
              .watchTasks(WatchTasksRequest.newBuilder().addTaskIds(id).addTaskIds("nope").build());
      WatchTasksResponse state = events.next();
      assertThat(state.getEvent()).isEqualTo("task_state");
      assertThat(state.getData().getTaskStatus()).isEqualTo("scheduled");
      assertThat(events.next().getEvent()).isEqualTo("task_not_found");
      ExecuteTask task = instance.next();
      instance.begin(task);
      assertThat(events.next().getEvent()).isEqualTo("task_started");
      instance.complete(task);
      WatchTasksResponse last = events.next();
      assertThat(last.getEvent()).isEqualTo("task_completed");
      assertThat(last.getData().getResult().getJson()).isEqualTo("{\"by\":\"one\"}");
      assertThat(events.hasNext()).as("ends by itself").isFalse();
    }
  }

  @Test
  void aSlowReaderMissesNoFinalState() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 4);
      mesh.add(instance, 8100);
      SlowReader reader = new SlowReader();
      SchedulerServiceGrpc.newStub(mesh.channel())
          .watchTasks(WatchTasksRequest.getDefaultInstance(), reader);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        ids.add(mesh.submit("m").getTaskId());
        ExecuteTask task = instance.next();
        instance.begin(task);
        instance.complete(task);
      }
      ids.forEach(mesh::await);
      reader.readAll(ids.size());
      assertThat(reader.last).hasSize(300);
      assertThat(reader.last.values())
          .allSatisfy(event -> assertThat(event.getEvent()).isEqualTo("task_completed"));
    }
  }

  /// Reads nothing until told to.
  private static final class SlowReader
      implements ClientResponseObserver<WatchTasksRequest, WatchTasksResponse> {
    final Map<String, WatchTasksResponse> last = new HashMap<>();
    private final CompletableFuture<Void> all = new CompletableFuture<>();
    private @Nullable ClientCallStreamObserver<WatchTasksRequest> call;
    private int expected;
    private int completed;

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchTasksRequest> stream) {
      call = stream;
      stream.disableAutoRequestWithInitial(0);
    }

    void readAll(int count) throws Exception {
      expected = count;
      Objects.requireNonNull(call).request(100_000);
      all.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(WatchTasksResponse event) {
      last.put(event.getData().getTaskId(), event);
      if (event.getEvent().equals("task_completed") && ++completed == expected) {
        all.complete(null);
      }
    }

    @Override
    public void onError(Throwable failure) {
      all.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {}
  }
}
