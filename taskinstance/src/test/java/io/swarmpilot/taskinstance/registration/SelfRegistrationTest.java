package io.swarmpilot.taskinstance.registration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.runtime.grpc.Unary;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.taskinstance.TaskInstanceConfig;
import io.swarmpilot.taskinstance.TaskInstanceServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SelfRegistrationTest {
  private static final SelfRegistration.Pace QUICK =
      new SelfRegistration.Pace(
          Duration.ofMillis(5), Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofMillis(20));

  private final FakeScheduler scheduler = new FakeScheduler();
  private final AtomicBoolean served = new AtomicBoolean();
  private MeshServer server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    String name = UUID.randomUUID().toString();
    server = MeshServer.builder().service(scheduler).inProcess(name).build().start();
    channel = MeshChannels.inProcess(name);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void registersItsAddressAndAgainWhileNobodyServesIt() throws InterruptedException {
    SelfRegistration registration = registration();
    Thread thread = Thread.ofVirtual().start(registration);

    RegisterInstanceRequest request = scheduler.next();
    assertThat(request.getHost()).isEqualTo("10.1.2.3");
    assertThat(request.getPort()).isEqualTo(9_110);
    scheduler.next();

    served.set(true);
    registration.stop();
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void triesAgainUntilItSucceeds() throws InterruptedException {
    scheduler.failures.add(MeshException.of(ErrorReason.STORAGE_UNAVAILABLE, "not yet"));
    scheduler.refusals.add("Health check failed");
    SelfRegistration registration = registration();
    Thread thread = Thread.ofVirtual().start(registration);

    scheduler.next();
    scheduler.next();
    scheduler.next();

    registration.stop();
    assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void isPartOfAnInstance() throws IOException, InterruptedException {
    TaskInstanceConfig config =
        TaskInstanceConfig.defaults().withPort(0).withAdvertisedHost("localhost");
    try (TaskInstanceServer instance = TaskInstanceServer.start(config, Optional.of(channel))) {
      RegisterInstanceRequest request = scheduler.next();
      assertThat(request.getHost()).isEqualTo("localhost");
      assertThat(request.getPort()).isEqualTo(instance.port());
    }
  }

  private SelfRegistration registration() {
    return new SelfRegistration(
        channel,
        "10.1.2.3",
        9_110,
        served::get,
        QUICK,
        MeshClock.system(),
        new SplittableRandom(1));
  }

  private static final class FakeScheduler extends SchedulerServiceGrpc.SchedulerServiceImplBase {
    final BlockingQueue<MeshException> failures = new LinkedBlockingQueue<>(10);
    final BlockingQueue<String> refusals = new LinkedBlockingQueue<>(10);
    private final BlockingQueue<RegisterInstanceRequest> requests =
        new LinkedBlockingQueue<>(10_000);

    RegisterInstanceRequest next() throws InterruptedException {
      return requireNonNull(requests.poll(10, TimeUnit.SECONDS), "nothing was registered");
    }

    @Override
    public void registerInstance(
        RegisterInstanceRequest request, StreamObserver<RegisterInstanceResponse> observer) {
      requests.add(request);
      Unary.answer(
          observer,
          () -> {
            MeshException failure = failures.poll();
            if (failure != null) {
              throw failure;
            }
            String refusal = refusals.poll();
            return RegisterInstanceResponse.newBuilder()
                .setStatus(refusal == null ? "success" : "error")
                .setMessage(refusal == null ? "TaskInstance registered successfully" : refusal)
                .setTiUuid(refusal == null ? "uuid" : "")
                .build();
          });
    }
  }
}
