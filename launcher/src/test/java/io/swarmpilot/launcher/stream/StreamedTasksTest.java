package io.swarmpilot.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.swarmpilot.proto.scheduler.v1.FollowTaskResponse;
import io.swarmpilot.proto.scheduler.v1.Task;
import io.swarmpilot.proto.taskinstance.v1.GetStatusRequest;
import io.swarmpilot.proto.taskinstance.v1.StartModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.StopModelsRequest;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc.TaskInstanceServiceBlockingStub;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Engine, instance, scheduler and gateway are real; every step waits for word of the one before.
@Timeout(60)
class StreamedTasksTest {
  private GatedEngine first;
  private GatedEngine second;
  private StreamMesh mesh;

  @BeforeEach
  void start() throws IOException {
    first = GatedEngine.start();
    second = GatedEngine.start();
    mesh = new StreamMesh();
  }

  @AfterEach
  void stop() {
    first.permit(1_000);
    second.permit(1_000);
    mesh.close();
    first.close();
    second.close();
  }

  @Test
  void everyTokenReachesABrowserBeforeTheNextIsMade() throws Exception {
    mesh.add(first, 1);
    String id = mesh.submit();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(mesh.rest() + "/task/stream?task_id=" + id))
            .header("Accept", "text/event-stream")
            .build();
    try (HttpClient client = HttpClient.newHttpClient();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body(),
                    StandardCharsets.UTF_8))) {
      for (int i = 0; i < GatedEngine.TOKENS; i++) {
        first.permit(1);
        assertThat(event(lines, "task_output"))
            .contains("\"sequence\":" + i + ",", "\"content\":\"" + i + "\"");
      }
      assertThat(event(lines, "task_completed"))
          .contains("\"content\":\"01234\"", "\"pieces\":5", "\"completion_tokens\":5");
      assertThat(lines.readLine()).as("the end").isNull();
    }
  }

  @Test
  void aLostEngineMeansAnotherAttemptWhichIsFollowedAsWell() throws Exception {
    mesh.add(first, 1);
    String id = mesh.submit();
    Iterator<FollowTaskResponse> events = mesh.follow(id);
    first.permit(2);
    assertThat(output(events).getOutput().getSequence()).isZero();
    assertThat(output(events).getOutput().getSequence()).isEqualTo(1);
    mesh.add(second, 1);

    first.close();

    second.permit(GatedEngine.TOKENS);
    for (int i = 0; i < GatedEngine.TOKENS; i++) {
      FollowTaskResponse piece = output(events);
      assertThat(piece.getOutput().getAttempt()).isEqualTo(2);
      assertThat(piece.getOutput().getSequence()).isEqualTo(i);
    }
    Task task = mesh.await(id);
    assertThat(task.getSuccess()).isTrue();
    assertThat(task.getAttempt()).isEqualTo(2);
    assertThat(task.getOutput().getPieces()).isEqualTo(GatedEngine.TOKENS);
  }

  @Test
  void theQueueSurvivesARestartOfTheModel() throws Exception {
    TaskInstanceServer instance = mesh.add(first, 1);
    List<String> ids = submit(4);
    first.awaitChats(1);
    ManagedChannel channel = MeshChannels.netty("127.0.0.1", instance.port());
    try {
      TaskInstanceServiceBlockingStub direct =
          TaskInstanceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
      var _ = direct.stopModels(StopModelsRequest.getDefaultInstance());
      first.permit(GatedEngine.TOKENS);
      assertThat(mesh.await(ids.getFirst()).getSuccess()).isTrue();
      assertThat(direct.getStatus(GetStatusRequest.getDefaultInstance()).getQueueSize())
          .isEqualTo(3);

      var _ =
          direct.startModels(
              StartModelsRequest.newBuilder()
                  .setModelType(StreamMesh.MODEL)
                  .setConfig(JsonValues.of(StreamMesh.engineSettings(first, 2)))
                  .build());
      first.permit(3 * GatedEngine.TOKENS);

      for (String id : ids) {
        Task task = mesh.await(id);
        assertThat(task.getSuccess()).isTrue();
        assertThat(task.getAttempt()).isEqualTo(1);
      }
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void whatWaitsAtAnInstanceThatDrainsRunsElsewhereAtOnce() throws Exception {
    TaskInstanceServer leaving = mesh.add(first, 1);
    List<String> ids = submit(3);
    first.awaitChats(1);
    mesh.add(second, 2);

    CompletableFuture<Void> drained =
        CompletableFuture.runAsync(() -> leaving.drain(Duration.ofSeconds(20)));

    // While the first still runs where it began.
    second.awaitChats(2);
    second.permit(2 * GatedEngine.TOKENS);
    assertThat(mesh.await(ids.get(1)).getSuccess()).isTrue();
    assertThat(mesh.await(ids.get(2)).getSuccess()).isTrue();
    assertThat(drained).isNotDone();
    first.permit(GatedEngine.TOKENS);
    Task task = mesh.await(ids.getFirst());
    assertThat(task.getSuccess()).isTrue();
    assertThat(task.getAttempt()).isEqualTo(1);
    drained.get(20, TimeUnit.SECONDS);
  }

  private List<String> submit(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(mesh.submit());
    }
    return ids;
  }

  private static FollowTaskResponse output(Iterator<FollowTaskResponse> events) {
    FollowTaskResponse event = events.next();
    while (!event.hasOutput()) {
      event = events.next();
    }
    return event;
  }

  /// The data of the next event of a name; others are passed over.
  private static String event(BufferedReader lines, String name) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.equals("event: " + name)) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
    String data = lines.readLine();
    assertThat(lines.readLine()).isEmpty();
    return data;
  }
}
