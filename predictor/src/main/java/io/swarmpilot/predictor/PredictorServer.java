package io.swarmpilot.predictor;

import io.swarmpilot.predictor.adapt.Adaptation;
import io.swarmpilot.predictor.adapt.LiveTraining;
import io.swarmpilot.predictor.adapt.ModelEvents;
import io.swarmpilot.predictor.history.ExecutionHistory;
import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.predict.ModelPredictions;
import io.swarmpilot.predictor.predict.PredictionEngine;
import io.swarmpilot.predictor.service.AccuracyReports;
import io.swarmpilot.predictor.service.ModelRegistry;
import io.swarmpilot.predictor.service.ModelVersions;
import io.swarmpilot.predictor.service.PredictorEndpoint;
import io.swarmpilot.predictor.service.SchedulerPredictions;
import io.swarmpilot.predictor.service.TableRequests;
import io.swarmpilot.predictor.service.TrainingRequests;
import io.swarmpilot.predictor.service.UserPredictions;
import io.swarmpilot.predictor.store.LearnedModelCodec;
import io.swarmpilot.predictor.store.ModelRepository;
import io.swarmpilot.predictor.table.TableLimits;
import io.swarmpilot.predictor.table.TableStore;
import io.swarmpilot.predictor.training.Trainings;
import io.swarmpilot.runtime.grpc.MeshServer;
import io.swarmpilot.runtime.time.MeshClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running predictor: composes its parts and owns what they run on.
public final class PredictorServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PredictorServer.class);

  /// Most bytes of executions on disk.
  private static final long MAX_HISTORY_BYTES = 256L << 20;

  private final MeshServer server;
  private final PredictorThreads threads;

  private PredictorServer(MeshServer server, PredictorThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /// Starts serving.
  ///
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static PredictorServer start(PredictorConfig config) throws IOException {
    PredictorThreads threads = PredictorThreads.start();
    MeshServer.Builder builder =
        MeshServer.builder().service(endpoint(config, threads)).executor(threads.calls());
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    try {
      return new PredictorServer(builder.build().start(), threads);
    } catch (IOException e) {
      threads.close();
      throw e;
    }
  }

  private static PredictorEndpoint endpoint(PredictorConfig config, PredictorThreads threads) {
    makeDirectory(config.tableDirectory());
    MeshClock clock = MeshClock.system();
    TableLimits limits =
        new TableLimits(config.maxTables(), config.maxTableBytes(), config.maxTableRecords());
    TableStore tables = new TableStore(config.tableDirectory(), config.defaultTable(), limits);
    LiveExecutions live = new LiveExecutions(config.maxLiveKeys());
    ModelRepository models =
        ModelRepository.open(
            config.dataDirectory().resolve("models"), new LearnedModelCodec(), clock::unixSeconds);
    ModelEvents events = new ModelEvents(clock::unixSeconds);
    Adaptation adaptation = adaptation(config, threads, live, models, events);
    Trainings trainings =
        new Trainings(models, config.dataDirectory().resolve("traces"), threads.requested(), clock);
    ModelPredictions predictions = new ModelPredictions(adaptation);
    PredictionEngine engine = new PredictionEngine(predictions, live);
    return new PredictorEndpoint(
        new ModelRegistry(tables, live, models),
        new UserPredictions(engine, tables, ThreadLocalRandom::current, clock),
        new SchedulerPredictions(engine, tables, adaptation, ThreadLocalRandom::current),
        new TrainingRequests(trainings, clock),
        new TableRequests(engine, tables, ThreadLocalRandom::current),
        new ModelVersions(models),
        new AccuracyReports(
            adaptation, events, predictions, engine, tables, ThreadLocalRandom::current));
  }

  private static Adaptation adaptation(
      PredictorConfig config,
      PredictorThreads threads,
      LiveExecutions live,
      ModelRepository models,
      ModelEvents events) {
    MeshClock clock = MeshClock.system();
    ExecutionHistory history =
        new ExecutionHistory(
            config.dataDirectory().resolve("executions"),
            MAX_HISTORY_BYTES,
            config.maxLiveKeys(),
            threads.writing());
    LiveTraining training =
        new LiveTraining(
            history,
            models,
            events,
            threads.training(),
            () -> clock.nanos() / 1e9,
            config.liveTraining());
    Adaptation adaptation =
        new Adaptation(live, models, history, training, events, clock, config.maxLiveKeys());
    adaptation.start();
    return adaptation;
  }

  /// A directory that cannot be made leaves live predictions working; health tells.
  private static void makeDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      log.warn("the table directory {} cannot be made: {}", directory, e.toString());
    }
  }

  /// The port it listens on; -1 when it serves inside the process only.
  public int port() {
    return server.port();
  }

  /// Stops taking calls, lets the running ones end for at most `grace`, then ends the rest.
  public void drain(Duration grace) {
    server.drain(grace);
    threads.close();
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
