package io.swarmpilot.launcher.performance;

import io.grpc.Channel;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceBlockingStub;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.Iterator;

/// Asks through the mesh: submits a task and follows what it puts out, over gRPC. Of a chat that is
/// over before it can be followed there is only the answer.
final class MeshAsker implements Asker {
  private final SchedulerServiceBlockingStub scheduler;

  MeshAsker(Channel channel) {
    this.scheduler = SchedulerServiceGrpc.newBlockingStub(channel);
  }

  @Override
  public void ask(Chat chat, TokenTimes times) {
    String id =
        scheduler
            .submitTask(
                SubmitTaskRequest.newBuilder()
                    .setModelName(PacedEngine.MODEL)
                    .setTaskInput(JsonValues.of(chat.body()))
                    .build())
            .getTaskId();
    Iterator<FollowTaskResponse> events =
        scheduler.followTask(
            FollowTaskRequest.newBuilder().setTaskId(id).setOutputOnly(true).build());
    while (events.hasNext()) {
      FollowTaskResponse event = events.next();
      switch (event.getEvent()) {
        case "task_output" -> times.token();
        case "task_completed" -> requireSuccess(event);
        default -> {}
      }
    }
  }

  private static void requireSuccess(FollowTaskResponse end) {
    if (!end.getData().getSuccess()) {
      throw new IllegalStateException("a task failed: " + end.getData().getError());
    }
  }
}
