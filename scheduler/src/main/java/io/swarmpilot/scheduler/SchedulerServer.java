package io.swarmpilot.scheduler;

import io.grpc.Channel;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Limits;
import io.swarmpilot.scheduler.core.PredictMode;
import io.swarmpilot.scheduler.core.SchedulerCore;
import io.swarmpilot.scheduler.dispatch.LinkSettings;
import io.swarmpilot.scheduler.dispatch.Links;
import io.swarmpilot.scheduler.effect.Effects;
import io.swarmpilot.scheduler.journal.Journal;
import io.swarmpilot.scheduler.journal.MemoryJournal;
import io.swarmpilot.scheduler.loop.SchedulerLoop;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.predict.ExecutionFeedback;
import io.swarmpilot.scheduler.predict.Predictions;
import io.swarmpilot.scheduler.registry.AllowList;
import io.swarmpilot.scheduler.registry.ProbeSettings;
import io.swarmpilot.scheduler.registry.Registrar;
import io.swarmpilot.scheduler.service.EndpointParts;
import io.swarmpilot.scheduler.service.SchedulerEndpoint;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.Settings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/// A running scheduler: composes its parts and owns what they run on.
public final class SchedulerServer implements AutoCloseable {
  private static final int MAX_WAITING_COMMANDS = 65_536;
  private static final int MAX_WAITING_ANSWERS = 1_024;
  private static final int MAX_INSTANCES = 10_000;
  private static final long TICK_MS = 100;
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(800);

  private final MeshServer server;
  private final SchedulerView view;
  private final SchedulerLoop loop;
  private final Links links;
  private final Threads threads;
  private final AtomicBoolean draining;

  private SchedulerServer(
      MeshServer server,
      SchedulerView view,
      SchedulerLoop loop,
      Links links,
      Threads threads,
      AtomicBoolean draining) {
    this.server = server;
    this.view = view;
    this.loop = loop;
    this.links = links;
    this.threads = threads;
    this.draining = draining;
  }

  /// Starts serving.
  ///
  /// @param predictor channel to the predictor; it need not answer
  /// @param dialer how task instances are reached
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static SchedulerServer start(
      SchedulerConfig config, Channel predictor, InstanceDialer dialer) throws IOException {
    MeshClock clock = MeshClock.system();
    AllowList allowed = AllowList.of(config.allowedNetworks());
    PolicyRegistry policies = PolicyRegistry.discover();
    SchedulerView view =
        new SchedulerView(new Settings(policies.initial().name(), PredictMode.DEFAULT));
    Predictions predictions = new Predictions(predictor, config.predictionBudget(), clock);
    ExecutionFeedback feedback = new ExecutionFeedback(predictor);
    Threads threads = Threads.start();
    AtomicBoolean draining = new AtomicBoolean();

    // Links put into the loop what instances say, and the loop's effects go out through links.
    AtomicReference<SchedulerLoop> loopOfLinks = new AtomicReference<>();
    Links links =
        new Links(
            new LinkSettings(
                dialer::dial,
                (commands, handled) -> loopOfLinks.get().deliver(commands, handled),
                UUID.randomUUID().toString(),
                (long) (clock.unixSeconds() * 1_000),
                2 * config.maxLiveTasks() + MAX_WAITING_COMMANDS,
                threads.http(),
                threads.blocking()),
            clock);
    Journal journal = new MemoryJournal();
    SchedulerLoop loop =
        new SchedulerLoop(
            new SchedulerCore(policies, limits(config), new SplittableRandom(config.seed())),
            journal,
            new Effects(view, links, predictions, feedback, threads.outbound()),
            clock,
            MAX_WAITING_COMMANDS);
    loopOfLinks.set(loop);
    Registrar registrar =
        new Registrar(
            allowed,
            new ProbeSettings(dialer::dial, threads.http()),
            loop::offer,
            threads.blocking());
    SchedulerEndpoint endpoint =
        new SchedulerEndpoint(
            new EndpointParts(
                view,
                loop::offer,
                predictions,
                registrar,
                links,
                policies,
                clock,
                draining::get,
                journal.durability(),
                config.maxLiveTasks() + MAX_WAITING_COMMANDS,
                threads.outbound(),
                threads.blocking()));
    loop.start();
    threads.every(TICK_MS, links::tick);
    threads.every(TICK_MS, feedback::flush);
    try {
      return new SchedulerServer(listen(config, endpoint), view, loop, links, threads, draining);
    } catch (IOException e) {
      loop.close();
      threads.close();
      throw e;
    }
  }

  /// The port it listens on; -1 when it serves inside the process only.
  public int port() {
    return server.port();
  }

  /// Takes no more tasks, lets the live ones end for at most `grace`, then stops.
  public void drain(Duration grace) {
    draining.set(true);
    long deadline = System.nanoTime() + grace.toNanos();
    while (view.tasks().live() > 0
        && System.nanoTime() - deadline < 0
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    server.drain(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    loop.close();
    links.close();
    threads.close();
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private static MeshServer listen(SchedulerConfig config, SchedulerEndpoint endpoint)
      throws IOException {
    MeshServer.Builder builder = MeshServer.builder().service(endpoint);
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    return builder.build().start();
  }

  private static Limits limits(SchedulerConfig config) {
    return new Limits(
        config.maxLiveTasks(),
        config.maxLiveBytes(),
        config.maxResults(),
        config.maxResultBytes(),
        config.resultTtl().toNanos(),
        config.maxAttempts(),
        config.leaseTimeout().toNanos(),
        config.queueTimeout().toNanos(),
        MAX_INSTANCES);
  }

  /// What the parts run on beside the loop's own thread.
  ///
  /// @param outbound answers callers and tells instances
  /// @param timer does what is due now and then
  /// @param blocking runs what blocks, each on a virtual thread
  /// @param http client for foreign instances
  private record Threads(
      ExecutorService outbound,
      ScheduledExecutorService timer,
      ExecutorService blocking,
      HttpClient http) {
    static Threads start() {
      ExecutorService blocking =
          Executors.newThreadPerTaskExecutor(
              Thread.ofVirtual().name("scheduler-blocking-", 0).factory());
      return new Threads(
          // When answers pile up the loop helps out, which slows it down to what callers take.
          new ThreadPoolExecutor(
              1,
              1,
              0,
              TimeUnit.SECONDS,
              new ArrayBlockingQueue<>(MAX_WAITING_ANSWERS),
              Thread.ofPlatform().name("scheduler-outbound").daemon().factory(),
              new ThreadPoolExecutor.CallerRunsPolicy()),
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("scheduler-timer").daemon().factory()),
          blocking,
          HttpClient.newBuilder()
              .connectTimeout(CONNECT_TIMEOUT)
              .version(HttpClient.Version.HTTP_1_1)
              .executor(blocking)
              .build());
    }

    void every(long ms, Runnable task) {
      timer.scheduleWithFixedDelay(task, ms, ms, TimeUnit.MILLISECONDS);
    }

    void close() {
      timer.shutdownNow();
      outbound.shutdownNow();
      http.shutdownNow();
      blocking.shutdownNow();
    }
  }
}
