package io.swarmpilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What happens when sizes, numbers, time or people run out.
@Timeout(30)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestUnderStressTest {
  private static final String TASK = "{\"model_name\":\"m\",\"task_input\":{}}";

  private TestMesh mesh;

  @BeforeAll
  void start() throws IOException {
    mesh = new TestMesh();
  }

  @AfterAll
  void stop() {
    mesh.close();
  }

  @Test
  void bodiesBeyondTheLimitAreRefused() throws Exception {
    byte[] piece = new byte[1 << 20];
    Arrays.fill(piece, (byte) ' ');
    List<byte[]> pieces = new ArrayList<>(Collections.nCopies(70, piece));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(mesh.scheduler("/queue/submit")))
            .timeout(Duration.ofSeconds(15));
    for (HttpClient.Version version : HttpClient.Version.values()) {
      HttpResponse<String> answer =
          mesh.http.send(
              request.version(version).POST(BodyPublishers.ofByteArrays(pieces)).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
      assertThat(answer.body()).contains("\"detail\":\"Request Entity Too Large\"");
    }
    assertThat(mesh.post(mesh.scheduler("/queue/submit"), TASK).statusCode()).isEqualTo(200);
  }

  @Test
  void manyAtOnce() {
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(mesh.scheduler("/queue/submit")))
              .POST(
                  BodyPublishers.ofString(
                      "{\"model_name\":\"m\",\"task_input\":{},\"task_id\":\"t-" + i + "\"}"))
              .build();
      answers.add(mesh.http.sendAsync(request, BodyHandlers.ofString()));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).join().body()).contains("\"task_id\":\"t-" + i + "\"");
    }
  }

  @Test
  void aClientThatLeavesCancelsItsCall() throws Exception {
    try (TestMesh own = new TestMesh()) {
      String body = TASK.replace("\"m\"", "\"hang\"");
      String request =
          "POST /queue/submit HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      int port = own.gateway.schedulerPort().orElseThrow();
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        assertThat(own.scheduler.hanging.await(10, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(own.scheduler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aServiceThatDoesNotAnswerIs504() throws Exception {
    try (TestMesh own = new TestMesh(Duration.ofSeconds(2))) {
      // Connects first, which may take its time.
      own.post(own.scheduler("/queue/submit"), TASK);
      own.scheduler.deadlines.clear();
      HttpResponse<String> answer =
          own.post(own.scheduler("/queue/submit"), TASK.replace("\"m\"", "\"hang\""));
      assertThat(answer.statusCode()).isEqualTo(504);
      assertThat(answer.body()).contains("\"detail\":\"The service did not answer in time\"");
      assertThat(own.scheduler.deadlines.poll(10, TimeUnit.SECONDS)).isBetween(1L, 1_900L);
    }
  }

  @Test
  void anAnswerHeldBackByDesignIsNotCut() throws Exception {
    try (TestMesh own = new TestMesh(Duration.ofMillis(300))) {
      HttpResponse<String> answer =
          own.get(own.scheduler("/task/wait?task_id=t-1&timeout_ms=1500"));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).startsWith("{\"task_id\":\"t-1\",");
    }
  }

  @Test
  void anAnswerHeldBackDoesNotHoldUpDraining() throws Exception {
    try (TestMesh own = new TestMesh()) {
      CompletableFuture<HttpResponse<String>> held =
          own.http.sendAsync(
              HttpRequest.newBuilder(
                      URI.create(own.scheduler("/task/wait?task_id=t-1&timeout_ms=25000")))
                  .build(),
              BodyHandlers.ofString());
      assertThat(own.scheduler.hanging.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture.runAsync(() -> own.gateway.drain(Duration.ofSeconds(20)))
          .get(10, TimeUnit.SECONDS);
      assertThat(held.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void aServiceThatIsGoneIs503() throws Exception {
    try (TestMesh own = new TestMesh()) {
      own.stopServices();
      HttpResponse<String> answer = own.post(own.scheduler("/queue/submit"), TASK);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .isEqualTo(
              """
              {"status":"error","task_id":"","scheduled_ti":"",\
              "message":"The service cannot be reached","detail":"The service cannot be reached"}\
              """);
    }
  }

  @Test
  void drainingLetsRequestsEndThenCutsThem() throws Exception {
    try (TestMesh own = new TestMesh()) {
      CompletableFuture<HttpResponse<String>> hanging =
          own.http.sendAsync(
              HttpRequest.newBuilder(URI.create(own.scheduler("/queue/submit")))
                  .POST(BodyPublishers.ofString(TASK.replace("\"m\"", "\"hang\"")))
                  .build(),
              BodyHandlers.ofString());
      assertThat(own.scheduler.hanging.await(10, TimeUnit.SECONDS)).isTrue();
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(() -> own.gateway.drain(Duration.ofMillis(500)));
      HttpResponse<String> late;
      do {
        late = own.post(own.scheduler("/queue/submit"), TASK);
      } while (late.statusCode() == 200);
      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.body()).isEqualTo("{\"detail\":\"The gateway is shutting down\"}");
      drained.get(10, TimeUnit.SECONDS);
      assertThat(own.scheduler.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(hanging.handle((answer, failure) -> true).get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aTakenPortIsToldAndNothingIsLeftListening() {
    ManagedChannel nowhere = MeshChannels.inProcess("nowhere");
    int taken = mesh.gateway.schedulerPort().orElseThrow();
    Gateway second = Gateway.builder().scheduler(taken, nowhere).build();
    assertThatThrownBy(second::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("scheduler");
    nowhere.shutdownNow();
  }
}
