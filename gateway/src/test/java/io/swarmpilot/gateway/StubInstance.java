package io.swarmpilot.gateway;

import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskRequest;
import io.swarmpilot.proto.taskinstance.v1.EnqueueTaskResponse;
import io.swarmpilot.proto.taskinstance.v1.GetHealthRequest;
import io.swarmpilot.proto.taskinstance.v1.GetHealthResponse;
import io.swarmpilot.proto.taskinstance.v1.GetResultRequest;
import io.swarmpilot.proto.taskinstance.v1.GetResultResponse;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.ListResultsRequest;
import io.swarmpilot.proto.taskinstance.v1.ListResultsResponse;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskResult;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.grpc.Unary;

/// An instance that knows its name and one task.
final class StubInstance extends TaskInstanceServiceGrpc.TaskInstanceServiceImplBase {
  private final String name;

  StubInstance(String name) {
    this.name = name;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<GetStatusResponse> observer) {
    Unary.answer(
        observer,
        () -> GetStatusResponse.newBuilder().setInstanceId(name).setStatus("idle").build());
  }

  @Override
  public void enqueueTask(
      EnqueueTaskRequest request, StreamObserver<EnqueueTaskResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          throw MeshException.of(ErrorReason.QUEUE_FULL, "queue is full");
        });
  }

  @Override
  public void getResult(GetResultRequest request, StreamObserver<GetResultResponse> observer) {
    Unary.answer(
        observer,
        () -> {
          if (request.getTaskId().equals("running")) {
            throw MeshException.of(ErrorReason.TASK_NOT_COMPLETED, "Task running not completed")
                .with("status", "running");
          }
          return GetResultResponse.newBuilder()
              .setResult(
                  TaskResult.newBuilder().setTaskId(request.getTaskId()).setStatus("completed"))
              .build();
        });
  }

  @Override
  public void listResults(
      ListResultsRequest request, StreamObserver<ListResultsResponse> observer) {
    Unary.answer(observer, ListResultsResponse::getDefaultInstance);
  }

  @Override
  public void getHealth(GetHealthRequest request, StreamObserver<GetHealthResponse> observer) {
    Unary.answer(
        observer,
        () ->
            GetHealthResponse.newBuilder().setStatus("healthy").setService("taskinstance").build());
  }
}
