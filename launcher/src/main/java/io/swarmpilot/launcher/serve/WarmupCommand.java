package io.swarmpilot.launcher.serve;

import io.swarmpilot.client.MeshClient;
import io.swarmpilot.client.MeshClientException;
import io.swarmpilot.launcher.settings.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Starts a mesh on free ports, uses it once in every way and ends: what the AOT cache is recorded
/// from.
@Command(name = "warmup", hidden = true, description = "Use every part once and end.")
public final class WarmupCommand implements Callable<Integer> {
  private static final String MODEL = "all-minilm-l6-v2";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("swarmpilot-warmup");
    Ports ports = FreePorts.find(2);
    MeshSettings settings =
        new MeshSettings(
            "127.0.0.1",
            ports,
            2,
            1,
            MODEL,
            "{}",
            scratch,
            new SchedulerOptions(),
            new PredictorOptions(),
            new InstanceOptions());
    try (Mesh mesh = Mesh.start(settings)) {
      mesh.announce(new PrintWriter(Writer.nullWriter()));
      overRest(ports);
      overGrpc(ports);
      mesh.drain(Duration.ofSeconds(5));
    }
    return 0;
  }

  private static void overRest(Ports ports) throws IOException, InterruptedException {
    String scheduler = "http://127.0.0.1:" + ports.scheduler();
    try (HttpClient http = HttpClient.newHttpClient()) {
      get(http, scheduler + "/health");
      get(http, scheduler + "/queue/info");
      get(http, scheduler + "/instances");
      get(http, "http://127.0.0.1:" + ports.predictor() + "/health");
      get(http, "http://127.0.0.1:" + ports.instance(0) + "/status");
      get(http, "http://127.0.0.1:" + ports.everything() + "/openapi.json");
      post(
          http,
          scheduler + "/queue/submit",
          "{\"model_name\":\"" + MODEL + "\",\"task_input\":{\"text\":\"hi\"},\"metadata\":{}}");
      post(http, scheduler + "/queue/submit", "{}");
    }
  }

  private static void overGrpc(Ports ports) {
    try (MeshClient mesh = new MeshClient("http://127.0.0.1:" + ports.scheduler())) {
      String id = mesh.submitTask(MODEL, "{\"text\": \"hi\"}").taskId();
      mesh.waitForCompletion(id, Duration.ofSeconds(20));
      mesh.getQueueInfo();
    } catch (MeshClientException e) {
      // The recording is as good as far as it got.
    }
  }

  private static void get(HttpClient http, String url) throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding());
  }

  private static void post(HttpClient http, String url, String body)
      throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }
}
