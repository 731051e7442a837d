package io.swarmpilot.launcher.client;

import com.google.protobuf.Message;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.launcher.CommandLineRun;
import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskRequest;
import io.swarmpilot.proto.scheduler.v1.ExplainTaskResponse;
import io.swarmpilot.proto.scheduler.v1.FollowTaskRequest;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoRequest;
import io.swarmpilot.proto.scheduler.v1.GetQueueInfoResponse;
import io.swarmpilot.proto.scheduler.v1.GetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.ListTasksRequest;
import io.swarmpilot.proto.scheduler.v1.ListTasksResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskRequest;
import io.swarmpilot.proto.scheduler.v1.SubmitTaskResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedTransferQueue;
import java.util.stream.Stream;

/// A scheduler that answers what it was told to, and remembers what it was asked.
final class ScriptedScheduler extends SchedulerServiceGrpc.SchedulerServiceImplBase
    implements AutoCloseable {
  private final LinkedTransferQueue<Message> asked = new LinkedTransferQueue<>();
  private final Message answer;
  private List<FollowTaskResponse> events = List.of();
  private final Server server;

  private ScriptedScheduler(Message answer) throws IOException {
    this.answer = answer;
    this.server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
  }

  static ScriptedScheduler answering(Message answer) throws IOException {
    return new ScriptedScheduler(answer);
  }

  /// The same, telling whoever follows a task of these events.
  ScriptedScheduler telling(List<FollowTaskResponse> happened) {
    events = List.copyOf(happened);
    return this;
  }

  /// Runs a command against it.
  CommandLineRun run(String... arguments) {
    String[] server = {"--server", "http://127.0.0.1:" + this.server.getPort()};
    return CommandLineRun.of(
        Stream.concat(Arrays.stream(arguments), Arrays.stream(server)).toArray(String[]::new));
  }

  /// The last request.
  <M extends Message> M asked(Class<M> type) {
    return type.cast(asked.remove());
  }

  @Override
  public void submitTask(SubmitTaskRequest request, StreamObserver<SubmitTaskResponse> observer) {
    reply(request, observer, SubmitTaskResponse.class);
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> observer) {
    reply(request, observer, ListTasksResponse.class);
  }

  @Override
  public void explainTask(
      ExplainTaskRequest request, StreamObserver<ExplainTaskResponse> observer) {
    reply(request, observer, ExplainTaskResponse.class);
  }

  @Override
  public void dryRun(DryRunRequest request, StreamObserver<DryRunResponse> observer) {
    reply(request, observer, DryRunResponse.class);
  }

  @Override
  public void getStrategy(
      GetStrategyRequest request, StreamObserver<GetStrategyResponse> observer) {
    reply(request, observer, GetStrategyResponse.class);
  }

  @Override
  public void getQueueInfo(
      GetQueueInfoRequest request, StreamObserver<GetQueueInfoResponse> observer) {
    reply(request, observer, GetQueueInfoResponse.class);
  }

  @Override
  public void followTask(FollowTaskRequest request, StreamObserver<FollowTaskResponse> observer) {
    asked.add(request);
    events.forEach(observer::onNext);
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private <M extends Message> void reply(
      Message request, StreamObserver<M> observer, Class<M> type) {
    asked.add(request);
    observer.onNext(type.cast(answer));
    observer.onCompleted();
  }
}
