package io.swarmpilot.scheduler;

import io.grpc.BindableService;
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
import io.swarmpilot.scheduler.observe.Observatory;
import io.swarmpilot.scheduler.output.OutputRelay;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.predict.ExecutionFeedback;
import io.swarmpilot.scheduler.predict.Predictions;
import io.swarmpilot.scheduler.registry.AllowList;
import io.swarmpilot.scheduler.registry.ProbeSettings;
import io.swarmpilot.scheduler.registry.Registrar;
import io.swarmpilot.scheduler.service.EndpointParts;
import io.swarmpilot.scheduler.service.SchedulerEndpoint;
import io.swarmpilot.scheduler.service.ShadowEndpoint;
import io.swarmpilot.scheduler.service.StatisticsEndpoint;
import io.swarmpilot.scheduler.statistics.Statistics;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running scheduler: composes its parts and owns what they run on.
public final class SchedulerServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SchedulerServer.class);
  private static final int MAX_WAITING_COMMANDS = 65_536;
  private static final int MAX_INSTANCES = 10_000;
  private static final long TICK_MS = 100;

  private final MeshClock clock = MeshClock.system();
  private final PolicyRegistry policies;
  private final Journal journal = new MemoryJournal();
  private final AtomicBoolean draining = new AtomicBoolean();
  private final SchedulerThreads threads;
  private final SchedulerView view;
  private final Predictions predictions;
  private final ExecutionFeedback feedback;
  private final Links links;
  private final Statistics statistics = new Statistics();
  private final Observatory observatory;
  private final OutputRelay outputs;
  private final SchedulerLoop loop;
  private final MeshServer server;

  private SchedulerServer(
      SchedulerConfig config,
      AllowList allowed,
      Channel predictor,
      InstanceDialer dialer,
      SchedulerThreads threads) {
    this.threads = threads;
    SchedulingConfig scheduling = config.scheduling();
    this.policies =
        PolicyRegistry.discover(scheduling.policies()).startingWith(scheduling.strategy());
    this.view = new SchedulerView(new Settings(policies.initial(), PredictMode.DEFAULT));
    this.predictions = new Predictions(predictor, config.predictionBudget(), clock);
    this.feedback = new ExecutionFeedback(predictor);
    this.outputs = new OutputRelay(view, this::followOutput);
    this.links = new Links(linkSettings(config, dialer), clock);
    this.observatory =
        new Observatory(strategy ->
            new SchedulerCore(
                policies.startingWith(strategy),
                shadowLimits(limits(config)),
                new SplittableRandom(config.seed())));
    this.loop =
        new SchedulerLoop(
            new SchedulerCore(policies, limits(config), new SplittableRandom(config.seed())),
            journal,
            new Effects(view, links, predictions, feedback, statistics, threads.outbound()),
            clock,
            observatory.watcher(),
            statistics,
            MAX_WAITING_COMMANDS);
    Registrar registrar =
        new Registrar(
            allowed,
            new ProbeSettings(dialer::dial, threads.http()),
            loop::offer,
            threads.blocking());
    this.server =
        server(
            config,
            new SchedulerEndpoint(endpointParts(config, registrar)),
            new ShadowEndpoint(observatory, policies, view, clock),
            new StatisticsEndpoint(statistics, view, predictions.faults(), observatory::lost));
  }

  /// Starts serving.
  ///
  /// @param predictor channel to the predictor; it need not answer
  /// @param dialer how task instances are reached
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static SchedulerServer start(
      SchedulerConfig config, Channel predictor, InstanceDialer dialer) throws IOException {
    AllowList allowed = AllowList.of(config.allowedNetworks());
    SchedulerThreads threads = SchedulerThreads.start();
    SchedulerServer scheduler = new SchedulerServer(config, allowed, predictor, dialer, threads);
    try {
      scheduler.server.start();
    } catch (IOException e) {
      threads.close();
      throw e;
    }
    scheduler.observatory.start();
    scheduler.loop.start();
    threads.every(TICK_MS, scheduler.links::tick);
    threads.every(TICK_MS, scheduler.feedback::flush);
    return scheduler;
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
    observatory.close();
    links.close();
    threads.close();
    log.atInfo()
        .addKeyValue("live", view.tasks().live())
        .addKeyValue("droppedResults", view.tasks().dropped())
        .addKeyValue("droppedReports", feedback.dropped())
        .addKeyValue("predictionFallbacks", predictions.faults().fallbacks())
        .log("scheduler stopped");
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }

  private void followOutput(String instance, String taskId, boolean follow) {
    links.follow(instance, taskId, follow);
  }

  private LinkSettings linkSettings(SchedulerConfig config, InstanceDialer dialer) {
    return new LinkSettings(
        dialer::dial,
        // Links put into the loop what instances say, and the loop's effects go out through links.
        (commands, handled) -> loop.deliver(commands, handled),
        outputs,
        UUID.randomUUID().toString(),
        (long) (clock.unixSeconds() * 1_000),
        2 * config.maxLiveTasks() + MAX_WAITING_COMMANDS,
        config.leaseTimeout().toNanos(),
        threads.http(),
        threads.blocking());
  }

  private EndpointParts endpointParts(SchedulerConfig config, Registrar registrar) {
    return new EndpointParts(
        view,
        loop::offer,
        predictions,
        registrar,
        links,
        outputs,
        policies,
        config.scheduling().lockStrategy(),
        clock,
        draining::get,
        journal.durability(),
        config.maxLiveTasks() + MAX_WAITING_COMMANDS,
        threads.outbound(),
        threads.blocking());
  }

  private static MeshServer server(SchedulerConfig config, BindableService... services) {
    MeshServer.Builder builder = MeshServer.builder();
    for (BindableService service : services) {
      builder.service(service);
    }
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    return builder.build();
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
        MAX_INSTANCES,
        config.scheduling().maxQueued(),
        config.scheduling().maxLivePerUser(),
        config.scheduling().mostLookAhead(),
        config.scheduling().prefixBlocks(),
        config.scheduling().queue());
  }

  /// Nobody asks a shadow for results.
  private static Limits shadowLimits(Limits live) {
    return new Limits(
        live.maxLiveTasks(),
        Long.MAX_VALUE,
        1,
        Long.MAX_VALUE,
        live.resultTtl(),
        live.maxAttempts(),
        live.leaseTimeout(),
        live.queueTimeout(),
        live.maxInstances(),
        live.maxQueued(),
        live.maxPerUser(),
        live.mostLookAhead(),
        live.prefixBlocks(),
        live.queue());
  }
}
