package io.swarmpilot.taskinstance.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.taskinstance.v1.DispatchCommand;
import io.swarmpilot.proto.taskinstance.v1.DispatchEvent;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.GetStatusResponse;
import io.swarmpilot.proto.taskinstance.v1.PredictQueueRequest;
import io.swarmpilot.proto.taskinstance.v1.PredictQueueResponse;
import io.swarmpilot.proto.taskinstance.v1.StartModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.TaskFailed;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc.TaskInstanceServiceBlockingStub;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import io.swarmpilot.taskinstance.backend.http.EngineJson;
import io.swarmpilot.taskinstance.backend.http.ScriptedEngine;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/// A scripted engine behind a task instance, and a scheduler that sends it tasks.
final class EngineFixture implements AutoCloseable {
  static final String CHAT = "/v1/chat/completions";
  static final String ASK =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"max_tokens\":9}";
  static final String SSE = "text/event-stream; charset=utf-8";

  private final ScriptedEngine engine;
  private final TaskInstanceServer instance;
  private final ManagedChannel channel;
  private final TaskInstanceServiceBlockingStub client;
  private final DispatchClient scheduler;

  EngineFixture() throws IOException {
    engine = ScriptedEngine.likeVllm("tiny");
    String name = UUID.randomUUID().toString();
    instance =
        TaskInstanceServer.start(
            TaskInstanceConfig.defaults().withPort(-1).withInProcessName(name), Optional.empty());
    channel = MeshChannels.inProcess(name);
    client = TaskInstanceServiceGrpc.newBlockingStub(channel);
    scheduler = DispatchClient.open(channel);
    scheduler.hello("s", 1);
  }

  ScriptedEngine engine() {
    return engine;
  }

  DispatchClient scheduler() {
    return scheduler;
  }

  GetStatusResponse status() {
    return client.getStatus(GetStatusRequest.getDefaultInstance());
  }

  /// Starts the engine's model as "alias".
  void startOpenAi(String settings) {
    startModel(
        "alias",
        "{\"backend\":\"openai\",\"base_url\":\"%s\",\"model\":\"tiny\",%s}"
            .formatted(engine.url(), settings));
  }

  void startModel(String model, String config) {
    var _ =
        client.startModels(
            StartModelsRequest.newBuilder()
                .setModelType(model)
                .setCount(1)
                .setConfig(JsonValues.of(config))
                .build());
  }

  StatusRuntimeException refused(String config) {
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> startModel("alias", config.formatted(engine.url())));
  }

  void execute(String id, String input) {
    DispatchCommand.Builder command = DispatchClient.command(id, 1, "alias").toBuilder();
    command.getExecuteBuilder().setTaskInput(JsonValues.of(input));
    scheduler.send(command.build());
  }

  void executeExpecting(String id, String input, double expectedMs, double errorMs) {
    DispatchCommand.Builder command = DispatchClient.command(id, 1, "alias").toBuilder();
    command
        .getExecuteBuilder()
        .setTaskInput(JsonValues.of(input))
        .setExpectedMs(expectedMs)
        .setErrorMs(errorMs);
    scheduler.send(command.build());
  }

  PredictQueueResponse predictQueue() {
    return client.predictQueue(PredictQueueRequest.getDefaultInstance());
  }

  ObjectNode run(String id, String input) throws InterruptedException {
    execute(id, input);
    DispatchEvent end = scheduler.next(event -> event.hasCompleted() || event.hasFailed());
    assertThat(end.getFailed().getMessage()).isEmpty();
    return EngineJson.parse(end.getCompleted().getResult().getJson()).orElseThrow();
  }

  TaskFailed failure() throws InterruptedException {
    return scheduler.next(DispatchEvent::hasFailed).getFailed();
  }

  @Override
  public void close() throws IOException {
    scheduler.close();
    channel.shutdownNow();
    instance.close();
    engine.close();
  }

  /// Answers "ok".
  static void answer(ScriptedEngine.Reply reply) throws IOException {
    reply.stream(SSE)
        .send(delta("{\"role\":\"assistant\",\"content\":\"ok\"}"))
        .send("data: [DONE]\n\n")
        .end();
  }

  /// A chunk of a chat with one delta.
  static String delta(String delta) {
    return event(
        "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":"
            + delta
            + ",\"finish_reason\":null}]}");
  }

  /// A server-sent event.
  static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
