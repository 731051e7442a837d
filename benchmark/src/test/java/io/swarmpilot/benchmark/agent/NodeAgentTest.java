package io.swarmpilot.benchmark.agent;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.HostAndPort;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.swarmpilot.benchmark.logs.LogSource;
import io.swarmpilot.benchmark.logs.TailerSettings;
import io.swarmpilot.benchmark.monitor.GpuReading;
import io.swarmpilot.benchmark.monitor.MachineProbe;
import io.swarmpilot.benchmark.monitor.MonitorSettings;
import io.swarmpilot.benchmark.monitor.Reading;
import io.swarmpilot.proto.benchmark.v1.FollowLogRequest;
import io.swarmpilot.proto.benchmark.v1.FollowLogResponse;
import io.swarmpilot.proto.benchmark.v1.NodeAgentServiceGrpc;
import io.swarmpilot.proto.benchmark.v1.NodeAgentServiceGrpc.NodeAgentServiceBlockingV2Stub;
import io.swarmpilot.proto.benchmark.v1.WatchReadingsRequest;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An agent over the real wire.
@Timeout(30)
class NodeAgentTest {
  private static final LogSource CLIENT = new LogSource("node1", "client", "");

  @TempDir private Path logs;
  @TempDir private Path output;

  @SuppressWarnings("NullAway.Init")
  private NodeAgent agent;

  @SuppressWarnings("NullAway.Init")
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    agent = NodeAgent.start("localhost", 0, logs, (metrics, interval) -> new Probe());
    channel = MeshChannels.netty("localhost", agent.port());
  }

  @AfterEach
  void stop() {
    var _ = channel.shutdownNow();
    agent.close();
  }

  @Test
  void readingsOfTheNodeAreWrittenAsIfTheyWereTakenHere() throws IOException {
    Path file = output.resolve("node1.csv");
    MonitorSettings settings = MonitorSettings.into(file).withInterval(Duration.ofMillis(100));
    try (RemoteMonitor monitor = RemoteMonitor.start(address(), settings)) {
      await(() -> monitor.getLatest().containsKey("cpu_percent"));
      assertThat(monitor.getLatest()).containsEntry("gpu1_mem_used", 200.0);
    }
    List<String> rows = Files.readAllLines(file);
    assertThat(rows.getFirst())
        .isEqualTo(
            "timestamp,gpu0_util,gpu0_mem_used,gpu1_util,gpu1_mem_used,cpu_percent,ram_used_MB");
    assertThat(rows.get(1)).endsWith(",50.0,100,,200,12.5,4096");
  }

  @Test
  void logsComeWholeAndOnceThoughTheAgentIsStartedAnew() throws IOException {
    append("first\nsec");
    try (StreamLogCollector collector = collector()) {
      assertThat(collector.deploy(List.of(CLIENT))).isTrue();
      await(collector::isReady);
      await(() -> collected().contains("first\n"));
      int port = agent.port();
      agent.close();
      append("ond\nthird\n");
      agent = NodeAgent.start("localhost", port, logs, (metrics, interval) -> new Probe());
      await(() -> collected().contains("third\n"));
      append("the last one");
      assertThat(collector.stopCollection()).containsEntry("stdout_lines", 4L);
    }
    assertThat(collected().lines().map(line -> line.replaceFirst("^.*\\[client] ", "")))
        .containsExactly("first", "second", "third", "the last one");
  }

  @Test
  void whatComesRightBeforeTheEndIsGathered() throws IOException {
    try (StreamLogCollector collector = collector()) {
      assertThat(collector.deploy(List.of(CLIENT))).isTrue();
      append(IntStream.range(0, 50_000).mapToObj(n -> n + "\n").collect(Collectors.joining()));
      assertThat(collector.stopCollection()).containsEntry("stdout_lines", 50_000L);
    }
  }

  @Test
  void aLogWhoseAgentIsGoneAtTheEndIsCalledIncomplete() throws IOException {
    append("first\n");
    try (StreamLogCollector collector = collector()) {
      assertThat(collector.deploy(List.of(CLIENT))).isTrue();
      await(() -> collected().contains("first\n"));
      agent.close();
      assertThat(collector.stopCollection())
          .containsEntry("stdout_lines", 1L)
          .containsEntry("incomplete", List.of("client_node1.log", "client_node1.err"));
    }
  }

  @Test
  void aNodeWithoutAgentIsNotCollectedFrom() {
    try (StreamLogCollector collector = collector()) {
      assertThat(collector.deploy(List.of(new LogSource("node2", "client", "")))).isFalse();
    }
  }

  @Test
  void onlyFilesOfItsDirectoryAreShown() {
    for (String name : List.of("../secret", "/etc/passwd", "", "a/b", "..")) {
      FollowLogRequest request = FollowLogRequest.newBuilder().setName(name).build();
      assertThatThrownBy(() -> stub().followLog(request).read())
          .asInstanceOf(InstanceOfAssertFactories.type(StatusException.class))
          .extracting(refused -> refused.getStatus().getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void readingsThatAreNoneAreRefused() {
    WatchReadingsRequest request =
        WatchReadingsRequest.newBuilder().setIntervalMs(1).addMetrics("disk").build();
    assertThatThrownBy(() -> stub().watchReadings(request).read())
        .hasMessageContaining("interval_ms: must be 100 to 3,600,000");
  }

  @Test
  void streamsAreBoundedAndComeBack() throws Exception {
    FollowLogRequest request = FollowLogRequest.newBuilder().setName("any.log").build();
    List<BlockingClientCall<?, FollowLogResponse>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      var call = stub().followLog(request);
      assertThat(call.read()).isNotNull();
      calls.add(call);
    }
    assertThatThrownBy(() -> stub().followLog(request).read())
        .hasMessageContaining("serves 16 streams");
    calls.forEach(call -> call.cancel("enough", null));
    await(() -> isServed(request));
  }

  private boolean isServed(FollowLogRequest request) {
    var call = stub().followLog(request);
    try {
      return call.read() != null;
    } catch (StatusException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      call.cancel("seen", null);
    }
  }

  private StreamLogCollector collector() {
    TailerSettings defaults = TailerSettings.of(logs, output);
    TailerSettings eager =
        new TailerSettings(
            logs,
            output,
            false,
            Duration.ofMillis(10),
            defaults.stdout(),
            defaults.stderr(),
            defaults.aggregated());
    return new StreamLogCollector(eager, Map.of("node1", address()));
  }

  private String collected() {
    try {
      return Files.readString(output.resolve("stdout.log"));
    } catch (IOException e) {
      return "";
    }
  }

  private void append(String text) throws IOException {
    Files.writeString(logs.resolve("client_node1.log"), text, CREATE, APPEND);
  }

  private HostAndPort address() {
    return HostAndPort.fromParts("localhost", agent.port());
  }

  private NodeAgentServiceBlockingV2Stub stub() {
    return NodeAgentServiceGrpc.newBlockingV2Stub(channel);
  }

  private static void await(BooleanSupplier reached) {
    while (!reached.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  /// A machine that is always the same.
  private static final class Probe implements MachineProbe {
    @Override
    public int gpus() {
      return 2;
    }

    @Override
    public Reading read(Instant now) {
      List<GpuReading> gpus = List.of(new GpuReading(50.0, 100.0), new GpuReading(null, 200.0));
      return new Reading(now, gpus, 12.5, 4096.0);
    }

    @Override
    public void close() {}
  }
}
