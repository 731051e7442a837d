package io.swarmpilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.CharStreams;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An upload of gigabytes is refused before it has been sent, whether it says its length or not,
/// and nobody else notices.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class UploadLimitsTest {
  private static final long TWO_GIGABYTES = 2L << 30;
  private static final long EARLY = 512L << 20;
  private static final byte[] PIECE = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);

  private TestMesh mesh;

  @BeforeAll
  void start() throws IOException {
    mesh = new TestMesh();
  }

  @AfterAll
  void stop() {
    mesh.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/train", "/train/stream", "/predict/table/a/b/c/d/e"})
  void theDeclaredLengthIsEnough(String path) throws Exception {
    for (String type : new String[] {"multipart/form-data; boundary=XX", "application/json"}) {
      try (Socket client = connect()) {
        write(client, head(path, type, "Content-Length: " + TWO_GIGABYTES));
        assertRefused(answer(client).get(20, TimeUnit.SECONDS));
      }
    }
    assertServing();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/train", "/predict/table/a/b/c/d/e"})
  void whoDoesNotSayTheLengthIsStoppedOnTheWay(String path) throws Exception {
    for (String type : new String[] {"multipart/form-data; boundary=XX", "application/json"}) {
      try (Socket client = connect()) {
        CompletableFuture<String> answer = answer(client);
        write(client, head(path, type, "Transfer-Encoding: chunked"));
        long sent = sendUntilStopped(client, answer);
        assertThat(sent).as("bytes taken before the answer").isLessThan(EARLY);
        assertRefused(answer.get(20, TimeUnit.SECONDS));
      }
    }
    assertServing();
  }

  private static long sendUntilStopped(Socket client, CompletableFuture<String> answer)
      throws IOException {
    OutputStream out = client.getOutputStream();
    long sent = 0;
    try {
      while (sent < TWO_GIGABYTES && !answer.isDone()) {
        out.write("100000\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(PIECE);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        sent += PIECE.length;
      }
    } catch (IOException e) {
      // Cut off: what was answered before is what counts.
    }
    return sent;
  }

  private static void assertRefused(String answer) {
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .contains("\"detail\":\"Request Entity Too Large\"");
  }

  private void assertServing() throws Exception {
    assertThat(mesh.get(mesh.predictor("/health")).statusCode()).isEqualTo(200);
  }

  /// What the server answers until it closes the connection.
  private static CompletableFuture<String> answer(Socket client) {
    return CompletableFuture.supplyAsync(() -> {
      StringBuilder text = new StringBuilder();
      try {
        CharStreams.copy(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII), text);
      } catch (IOException e) {
        // The rest is lost with the connection.
      }
      return text.toString();
    });
  }

  private Socket connect() throws IOException {
    int port = mesh.gateway.predictorPort().orElseThrow();
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.setSoTimeout(20_000);
    return client;
  }

  private static void write(Socket client, String head) throws IOException {
    client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  private static String head(String path, String type, String length) {
    return "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\n%s\r\n\r\n"
        .formatted(path, type, length);
  }
}
