package io.swarmpilot.taskinstance.registration;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.runtime.time.MeshClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the scheduler know the instance, and again whenever the scheduler has not opened a stream
/// for a while: it may have been restarted.
public final class SelfRegistration implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(SelfRegistration.class);
  private static final Duration DEADLINE = Duration.ofSeconds(6);

  private final Channel scheduler;
  private final RegisterInstanceRequest request;
  private final BooleanSupplier isServed;
  private final Pace pace;
  private final MeshClock clock;
  private final RandomGenerator random;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private String lastSaid = "";

  /// A registration of the instance at `host` and `port`.
  ///
  /// @param isServed whether the scheduler has a stream open
  /// @param random spreads the retries of many instances
  public SelfRegistration(
      Channel scheduler,
      String host,
      int port,
      BooleanSupplier isServed,
      Pace pace,
      MeshClock clock,
      RandomGenerator random) {
    this.scheduler = scheduler;
    this.request = RegisterInstanceRequest.newBuilder().setHost(host).setPort(port).build();
    this.isServed = isServed;
    this.pace = pace;
    this.clock = clock;
    this.random = random;
  }

  /// Registers until [#stop()]; blocks.
  @Override
  public void run() {
    Duration backoff = pace.firstBackoff();
    Duration pause = Duration.ZERO;
    long quietSince = clock.nanos() - pace.patience().toNanos();
    try {
      while (!stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
        pause = pace.poll();
        if (isServed.getAsBoolean()) {
          quietSince = clock.nanos();
        } else if (clock.nanos() - quietSince >= pace.patience().toNanos()) {
          if (register()) {
            quietSince = clock.nanos();
            backoff = pace.firstBackoff();
          } else {
            pause = jittered(backoff);
            backoff = pace.next(backoff);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Registers no more; a call that is under way may still end.
  public void stop() {
    stopped.countDown();
  }

  private boolean register() {
    try {
      RegisterInstanceResponse answer =
          SchedulerServiceGrpc.newBlockingStub(scheduler)
              .withDeadlineAfter(DEADLINE)
              .registerInstance(request);
      boolean registered = answer.getStatus().equals("success");
      say(registered, registered ? "as " + answer.getTiUuid() : answer.getMessage());
      return registered;
    } catch (StatusRuntimeException e) {
      String description = e.getStatus().getDescription();
      say(false, e.getStatus().getCode() + (description == null ? "" : ": " + description));
      return false;
    }
  }

  /// One line whenever the answer is another one.
  private void say(boolean registered, String detail) {
    if (stopped.getCount() == 0 || lastSaid.equals(detail)) {
      return;
    }
    lastSaid = detail;
    if (registered) {
      log.info(
          "registered {}:{} with the scheduler {}", request.getHost(), request.getPort(), detail);
    } else {
      log.warn(
          "cannot register {}:{} with the scheduler yet: {}",
          request.getHost(),
          request.getPort(),
          detail);
    }
  }

  /// Between half and the whole of it.
  private Duration jittered(Duration backoff) {
    return Duration.ofNanos(Math.round(backoff.toNanos() * (0.5 + random.nextDouble() / 2)));
  }

  /// How often things are tried.
  ///
  /// @param poll time between two looks at whether the scheduler serves
  /// @param patience time without a stream after which the instance registers again
  /// @param firstBackoff time before the second attempt, doubled for each further one
  /// @param maxBackoff longest time between attempts
  public record Pace(Duration poll, Duration patience, Duration firstBackoff, Duration maxBackoff) {
    /// Registers again after 2 s without a stream; retries after 0.25 s to 5 s.
    public static Pace standard() {
      return new Pace(
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofMillis(250),
          Duration.ofSeconds(5));
    }

    private Duration next(Duration backoff) {
      Duration doubled = backoff.multipliedBy(2);
      return doubled.compareTo(maxBackoff) > 0 ? maxBackoff : doubled;
    }
  }
}
