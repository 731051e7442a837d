package io.swarmpilot.scheduler.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.ListInstancesRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceResponse;
import io.swarmpilot.runtime.error.ErrorMapping;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.scheduler.testing.Mesh;
import io.swarmpilot.scheduler.testing.ScriptedInstance;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Registering and removing instances: every answer of the contract, soon.
final class RegistrationTest {
  @Test
  void theSameAddressIsTheSameInstanceHoweverOftenAndFromHowManySides() throws Exception {
    try (Mesh mesh = Mesh.overNetwork();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      ScriptedInstance instance = new ScriptedInstance("one", "m", 1);
      mesh.start(instance, 0);
      Set<String> uuids = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 1_000; i++) {
        callers.execute(() -> uuids.add(mesh.register(instance.port()).getTiUuid()));
      }
      callers.shutdown();
      assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(uuids).hasSize(1).doesNotContain("");
      assertThat(register(mesh, "localhost", instance.port()).getTiUuid()).isIn(uuids);
      assertThat(
              mesh.stub()
                  .listInstances(ListInstancesRequest.getDefaultInstance())
                  .getInstancesList())
          .hasSize(1)
          .allSatisfy(listed -> {
            assertThat(listed.getState()).isEqualTo("available");
            assertThat(listed.getKind()).isEqualTo("mesh");
            assertThat(listed.getAddress()).isEqualTo("127.0.0.1:" + instance.port());
            assertThat(listed.getHardware()).isEqualTo("cpu");
          });
    }
  }

  @Test
  void aPortNobodyListensOnIsRefusedWithinASecond() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    try (Mesh mesh = Mesh.overNetwork()) {
      long start = System.nanoTime();
      RegisterInstanceResponse response = mesh.register(closed);
      assertThat(response.getStatus()).isEqualTo("error");
      assertThat(response.getMessage()).isEqualTo("Connection refused");
      assertThat(response.getTiUuid()).isEmpty();
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(3_000);
    }
  }

  @Test
  void aPortThatNeverAnswersIsGivenUpSoon() throws Exception {
    try (Mesh mesh = Mesh.overNetwork();
        ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      long start = System.nanoTime();
      assertThat(mesh.register(silent.getLocalPort()).getStatus()).isEqualTo("error");
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(4_000);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536, 99_999_999})
  void aPortThatIsNoneIsInvalid(int port) throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      assertThatThrownBy(() -> mesh.register(port))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> {
                assertThat(ErrorMapping.reason(e)).contains(ErrorReason.INVALID_FIELD);
                assertThat(e.getStatus().getDescription()).contains("port");
              });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "8.8.8.8", "169.254.169.254", "2001:db8::1"})
  void anAddressOffTheAllowListIsNeverConnectedTo(String host) throws Exception {
    try (Mesh mesh = Mesh.inProcess(c -> c.withAllowedNetworks(List.of("127.0.0.0/8")))) {
      RegisterInstanceResponse response = register(mesh, host, 80);
      assertThat(response.getStatus()).isEqualTo("error");
      assertThat(response.getMessage()).startsWith("Address not allowed");
    }
  }

  @Test
  void anUnknownHostIsSaidSo() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      RegisterInstanceResponse response = register(mesh, "no-such-host.invalid", 80);
      assertThat(response.getStatus()).isEqualTo("error");
      assertThat(response.getMessage()).isEqualTo("Host not found");
    }
  }

  @Test
  void removingAnswersAsDocumented() throws Exception {
    try (Mesh mesh = Mesh.inProcess()) {
      String uuid = mesh.add(new ScriptedInstance("one", "m", 1), 8100);
      RemoveInstanceResponse malformed =
          remove(mesh, RemoveInstanceRequest.newBuilder().setTiUuid("nope"));
      assertThat(malformed.getStatus()).isEqualTo("error");
      assertThat(malformed.getMessage()).isEqualTo("Invalid UUID format");
      assertThat(malformed.getTiUuid()).isEqualTo("nope");
      RemoveInstanceResponse unknown =
          remove(mesh, RemoveInstanceRequest.newBuilder().setHost("h").setPort(1));
      assertThat(unknown.getMessage()).isEqualTo("TaskInstance at h:1 not found");
      assertThat(unknown.hasTiUuid()).isFalse();
      RemoveInstanceResponse byAddress =
          remove(mesh, RemoveInstanceRequest.newBuilder().setHost("127.0.0.1").setPort(8100));
      assertThat(byAddress.getStatus()).isEqualTo("success");
      assertThat(byAddress.getTiUuid()).isEqualTo(uuid);
      assertThatThrownBy(() -> remove(mesh, RemoveInstanceRequest.newBuilder()))
          .hasMessageContaining("ti_uuid");
    }
  }

  private static RegisterInstanceResponse register(Mesh mesh, String host, int port) {
    return mesh.stub()
        .registerInstance(RegisterInstanceRequest.newBuilder().setHost(host).setPort(port).build());
  }

  private static RemoveInstanceResponse remove(Mesh mesh, RemoveInstanceRequest.Builder request) {
    return mesh.stub().removeInstance(request.build());
  }
}
