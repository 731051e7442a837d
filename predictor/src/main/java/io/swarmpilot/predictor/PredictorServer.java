package io.swarmpilot.predictor;

import io.swarmpilot.predictor.live.LiveExecutions;
import io.swarmpilot.predictor.predict.PredictionEngine;
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
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running predictor: composes its parts and owns what they run on.
public final class PredictorServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PredictorServer.class);

  private final MeshServer server;
  private final ExecutorService calls;
  private final ExecutorService learning;

  private PredictorServer(MeshServer server, ExecutorService calls, ExecutorService learning) {
    this.server = server;
    this.calls = calls;
    this.learning = learning;
  }

  /// Starts serving.
  ///
  /// @throws IOException when the port cannot be bound; nothing is left running
  public static PredictorServer start(PredictorConfig config) throws IOException {
    // Reading a table blocks, so every call has its own virtual thread.
    ExecutorService calls =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("predictor-", 0).factory());
    ExecutorService learning = learningThread();
    MeshServer.Builder builder =
        MeshServer.builder().service(endpoint(config, learning)).executor(calls);
    if (config.port() >= 0) {
      builder.listen(config.host(), config.port());
    }
    config.inProcessName().ifPresent(builder::inProcess);
    try {
      return new PredictorServer(builder.build().start(), calls, learning);
    } catch (IOException e) {
      calls.close();
      learning.close();
      throw e;
    }
  }

  /// One model is learned at a time, and predictions come first where the system knows priorities.
  @SuppressWarnings("ThreadPriorityCheck")
  private static ExecutorService learningThread() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(Trainings.MOST),
            Thread.ofPlatform()
                .name("predictor-training")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .factory());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static PredictorEndpoint endpoint(PredictorConfig config, ExecutorService learning) {
    makeDirectory(config.tableDirectory());
    TableLimits limits =
        new TableLimits(config.maxTables(), config.maxTableBytes(), config.maxTableRecords());
    TableStore tables = new TableStore(config.tableDirectory(), config.defaultTable(), limits);
    LiveExecutions live = new LiveExecutions(config.maxLiveKeys());
    MeshClock clock = MeshClock.system();
    ModelRepository models =
        ModelRepository.open(
            config.dataDirectory().resolve("models"), new LearnedModelCodec(), clock::unixSeconds);
    Trainings trainings =
        new Trainings(models, config.dataDirectory().resolve("traces"), learning, clock);
    PredictionEngine engine = new PredictionEngine(live);
    return new PredictorEndpoint(
        new ModelRegistry(tables, live, models),
        new UserPredictions(engine, tables, ThreadLocalRandom::current, clock),
        new SchedulerPredictions(engine, tables, live, ThreadLocalRandom::current),
        new TrainingRequests(trainings, clock),
        new TableRequests(engine, tables, ThreadLocalRandom::current),
        new ModelVersions(models));
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
    calls.shutdownNow();
    learning.shutdownNow();
  }

  /// Stops at once.
  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
