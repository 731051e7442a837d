package io.swarmpilot.predictor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.predictor.v1.GetHealthRequest;
import io.swarmpilot.proto.predictor.v1.GetHealthResponse;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PredictorServerTest {
  @TempDir Path home;

  @Test
  void servesOverTheNetworkAndInsideTheProcess() throws IOException {
    PredictorConfig config = config().withPort(0).withInProcessName("predictor-both");
    try (PredictorServer server = PredictorServer.start(config)) {
      assertThat(server.port()).isPositive();
      assertThat(health(MeshChannels.netty("127.0.0.1", server.port())).getStatus())
          .isEqualTo("healthy");
      assertThat(health(MeshChannels.inProcess("predictor-both")).getService())
          .isEqualTo("predictor");
    }
  }

  @Test
  void makesItsTableDirectory() throws IOException {
    try (PredictorServer server = PredictorServer.start(inProcess("predictor-makes"))) {
      assertThat(server.port()).isEqualTo(-1);
      assertThat(home.resolve("made/lookup_tables")).isDirectory();
    }
  }

  @Test
  void startsWithAnUnusableDirectoryAndSaysThatItIsUnhealthy() throws IOException {
    Files.writeString(home.resolve("made"), "a file, where a directory must be");
    try (PredictorServer server = PredictorServer.start(inProcess("predictor-unusable"))) {
      GetHealthResponse health = health(MeshChannels.inProcess("predictor-unusable"));

      assertThat(server.port()).isEqualTo(-1);
      assertThat(health.getStatus()).isEqualTo("unhealthy");
      assertThat(health.getMode()).isEqualTo("default");
    }
  }

  @Test
  void answersNothingAfterItHasDrained() throws IOException {
    PredictorServer server = PredictorServer.start(inProcess("predictor-drained"));
    server.drain(Duration.ofSeconds(1));

    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(() -> health(MeshChannels.inProcess("predictor-drained")))
        .withMessageStartingWith("UNAVAILABLE");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    PredictorConfig defaults = PredictorConfig.defaults();

    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPort(70_000));
    assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPort(-1));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new PredictorConfig(
                "127.0.0.1",
                0,
                defaults.inProcessName(),
                home,
                home,
                defaults.defaultTable(),
                0,
                1,
                1,
                1,
                true))
        .withMessageContaining("maxTables");
  }

  private PredictorConfig config() {
    return PredictorConfig.defaults().withDataDirectory(home.resolve("made"));
  }

  private PredictorConfig inProcess(String name) {
    return config().withInProcessName(name).withPort(-1);
  }

  private static GetHealthResponse health(ManagedChannel channel) {
    try {
      return PredictorServiceGrpc.newBlockingStub(channel)
          .getHealth(GetHealthRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }
}
