package io.swarmpilot.launcher.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.swarmpilot.client.Instance;
import io.swarmpilot.client.Json;
import io.swarmpilot.client.NewTask;
import io.swarmpilot.client.Submission;
import io.swarmpilot.client.Task;
import io.swarmpilot.client.TaskWatch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two instances embed real sentences: few, and thousands at once.
@Timeout(150)
@TestInstance(Lifecycle.PER_CLASS)
final class BurstIT {
  private static final String MODEL = Model.EMBEDDING.name();
  private static final int HALF = 1_000;
  private static final int DIMENSIONS = 384;
  private static final Pattern EMBEDDING = Pattern.compile("\"embedding\":\\s*\\[([^\\]]*)\\]");

  private SeparateMesh mesh;

  @BeforeAll
  void startMesh(@TempDir Path directory) throws Exception {
    mesh = new SeparateMesh(directory);
    mesh.startPredictor();
    // With the default lease: nothing is lost here, so nothing may be taken for lost either.
    mesh.startScheduler();
    mesh.startInstance("first", Ports.free(), Model.EMBEDDING);
    mesh.startInstance("second", Ports.free(), Model.EMBEDDING);
    mesh.awaitAvailable("first", "second");
  }

  @AfterAll
  void killMesh() {
    mesh.close();
  }

  @Test
  void foodIsNearerToBreadThanToMovie() throws Exception {
    List<String> tasks =
        Stream.of("food", "bread", "movie")
            .map(text -> mesh.client().submitTask(task(text)).taskId())
            .toList();
    TaskHistories histories = new TaskHistories();
    try (TaskWatch _ = mesh.client().watchTasks(tasks, histories)) {
      List<double[]> vectors =
          histories.awaitEndOf(tasks, Duration.ofSeconds(15)).stream()
              .map(BurstIT::embedding)
              .toList();
      double bread = cosine(vectors.get(0), vectors.get(1));
      double movie = cosine(vectors.get(0), vectors.get(2));
      assertThat(bread).isGreaterThan(movie).isBetween(0.3, 0.99);
    }
    histories.assertLawful();
  }

  @Test
  void twoThousandTasksAtOnceAllCompleteOnce() throws Exception {
    TaskHistories histories = new TaskHistories();
    long before = executions();
    List<String> overRest = ids("rest");
    List<String> overGrpc = ids("grpc");
    try (TaskWatch _ = mesh.client().watchTasks(List.of(), histories);
        HttpClient http = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> batch = submitOverRest(http, overRest);
      List<CompletableFuture<Submission>> singles =
          overGrpc.stream()
              .map(id -> mesh.client().submitTaskAsync(task("short text " + id).withTaskId(id)))
              .toList();

      CompletableFuture.allOf(singles.toArray(CompletableFuture[]::new)).join();
      assertThat(batch.join().statusCode()).as(batch.join().body()).isEqualTo(200);
      assertThat(batch.join().body()).contains("\"successful_tasks\":" + HALF);
      List<String> all = Stream.concat(overRest.stream(), overGrpc.stream()).toList();
      List<Task> ended = histories.awaitEndOf(all, Duration.ofSeconds(60));
      assertThat(problems(ended)).isEmpty();
    }
    histories.assertLawful();
    assertThat(executions() - before).as("executions, counted by instance").isEqualTo(2 * HALF);
    assertThat(mesh.client().listInstances())
        .as("neither is left out")
        .allSatisfy(instance -> assertThat(instance.completedTasks()).isGreaterThan(HALF / 2));
  }

  private long executions() {
    return mesh.client().listInstances().stream().mapToLong(Instance::completedTasks).sum();
  }

  /// What is wrong with tasks of which none was lost: each succeeds with its first execution.
  private static List<String> problems(List<Task> ended) {
    return ended.stream()
        .filter(task ->
            !task.success().equals(Optional.of(true))
                || task.attempt() != 1
                || embedding(task).length != DIMENSIONS)
        .map(task -> task.taskId() + ": attempt " + task.attempt() + ", error " + task.error())
        .toList();
  }

  private CompletableFuture<HttpResponse<String>> submitOverRest(
      HttpClient http, List<String> ids) {
    List<Map<String, Object>> tasks =
        ids.stream()
            .map(id -> Map.of("task_id", id, "task_input", Map.of("text", "short text " + id)))
            .toList();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(mesh.schedulerUrl() + "/queue/submit_batch"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.of(Map.of("model_name", MODEL, "tasks", tasks))))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString());
  }

  private static List<String> ids(String kind) {
    return IntStream.range(0, HALF).mapToObj(i -> "burst-" + kind + "-" + i).toList();
  }

  private static NewTask task(String text) {
    return NewTask.of(MODEL, Json.of(Map.of("text", text)));
  }

  private static double[] embedding(Task task) {
    String result = task.result().orElseThrow();
    Matcher array = EMBEDDING.matcher(result);
    assertThat(array.find()).as("an embedding in %s", result).isTrue();
    return Stream.of(array.group(1).split(",", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  }

  private static double dot(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
