package io.swarmpilot.gateway;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc.ShadowServiceImplBase;
import io.swarmpilot.proto.scheduler.v1.StatisticsServiceGrpc.StatisticsServiceImplBase;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.grpc.MeshServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// A gateway in front of services that answer as the tests need, and an HTTP client for it.
final class TestMesh implements AutoCloseable {
  final StubScheduler scheduler = new StubScheduler();
  final StubPredictor predictor = new StubPredictor();
  final StubInstance first = new StubInstance("task-instance-1");
  final StubInstance second = new StubInstance("task-instance-2");
  final StubInstance distant = new StubInstance("task-instance-3");
  final HttpClient http = HttpClient.newHttpClient();
  final Gateway gateway;
  private final List<MeshServer> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  TestMesh() throws IOException {
    this(Duration.ofSeconds(10));
  }

  TestMesh(Duration requestTimeout) throws IOException {
    int distantPort = serve("distant", distant).port();
    scheduler.addInstance("uuid-1", "task-instance-1", "in-process");
    scheduler.addInstance("uuid-2", "task-instance-2", "in-process");
    scheduler.addInstance("uuid-3", "task-instance-3", "127.0.0.1:" + distantPort);
    gateway =
        Gateway.builder()
            .requestTimeout(requestTimeout)
            .allInOne(0)
            .scheduler(0, channel("scheduler", scheduler))
            .predictor(0, channel("predictor", predictor))
            .taskInstance(0, channel("first", first))
            .taskInstance(0, channel("second", second))
            .build()
            .start();
  }

  String all(String path) {
    return "http://127.0.0.1:" + gateway.allInOnePort().orElseThrow() + path;
  }

  String scheduler(String path) {
    return "http://127.0.0.1:" + gateway.schedulerPort().orElseThrow() + path;
  }

  String predictor(String path) {
    return "http://127.0.0.1:" + gateway.predictorPort().orElseThrow() + path;
  }

  String instance(int k, String path) {
    return "http://127.0.0.1:" + gateway.taskInstancePort(k).orElseThrow() + path;
  }

  HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
    return send("GET", url, null, headers);
  }

  HttpResponse<String> post(String url, String body, String... headers)
      throws IOException, InterruptedException {
    return send("POST", url, body, headers);
  }

  HttpResponse<String> send(
      String verb, String url, @org.jspecify.annotations.Nullable String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofSeconds(15))
            .method(verb, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private ManagedChannel channel(String name, BindableService service) throws IOException {
    MeshServer server = serve(name, service);
    ManagedChannel channel = MeshChannels.netty("127.0.0.1", server.port());
    channels.add(channel);
    return channel;
  }

  private MeshServer serve(String name, BindableService service) throws IOException {
    Executor executor = Executors.newVirtualThreadPerTaskExecutor();
    MeshServer server =
        MeshServer.builder()
            .service(service)
            .service(new StubDispatch())
            .service(new ShadowServiceImplBase() {})
            .service(new StatisticsServiceImplBase() {})
            .listen("127.0.0.1", 0)
            .inProcess(name + UUID.randomUUID())
            .executor(executor)
            .build()
            .start();
    servers.add(server);
    return server;
  }

  /// Stops the services, but not the gateway.
  void stopServices() {
    servers.forEach(MeshServer::close);
  }

  @Override
  public void close() {
    gateway.close();
    http.shutdownNow();
    channels.forEach(ManagedChannel::shutdownNow);
    stopServices();
  }
}
