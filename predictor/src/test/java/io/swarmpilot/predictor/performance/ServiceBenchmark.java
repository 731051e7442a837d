package io.swarmpilot.predictor.performance;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.swarmpilot.predictor.PredictorConfig;
import io.swarmpilot.predictor.PredictorServer;
import io.swarmpilot.predictor.learn.Sample;
import io.swarmpilot.proto.predictor.v1.PredictBatchRequest;
import io.swarmpilot.proto.predictor.v1.PredictBatchResponse;
import io.swarmpilot.proto.predictor.v1.PredictRequest;
import io.swarmpilot.proto.predictor.v1.PredictResponse;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc.PredictorServiceBlockingStub;
import io.swarmpilot.proto.predictor.v1.TrainRequest;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.runtime.grpc.MeshChannels;
import io.swarmpilot.runtime.json.JsonValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// `Predict` by a trained model over the network, beside a bare unary call with the same messages.
/// Client and server share the process; one call at a time.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 4)
public class ServiceBenchmark {
  private static final int TRAINED_FROM = 2_000;
  private static final int BATCH = 1_000;
  private static final String TYPE = "measured";

  private Path directory;
  private PredictorServer server;
  private Server bare;
  private ManagedChannel serverChannel;
  private ManagedChannel bareChannel;
  private PredictorServiceBlockingStub predictor;
  private PredictorServiceBlockingStub echo;
  private PredictRequest known;
  private int asked;

  /// Starts both servers and trains a model on one.
  @Setup
  public void start() throws IOException {
    directory = Files.createTempDirectory("measured-predictor");
    server =
        PredictorServer.start(
            PredictorConfig.defaults().withDataDirectory(directory).withAddress("127.0.0.1", 0));
    serverChannel = MeshChannels.netty("127.0.0.1", server.port());
    predictor = PredictorServiceGrpc.newBlockingStub(serverChannel);
    train();
    known = request(100);
    PredictResponse answer = predictor.predict(known);
    require(answer.getPredictionMethod().equals("model"), answer);
    bare = BareEcho.start(answer);
    bareChannel = MeshChannels.netty("127.0.0.1", bare.getPort());
    echo = PredictorServiceGrpc.newBlockingStub(bareChannel);
  }

  /// Stops both.
  @TearDown
  public void stop() throws IOException {
    serverChannel.shutdownNow();
    bareChannel.shutdownNow();
    bare.shutdownNow();
    server.close();
    MoreFiles.deleteRecursively(directory, RecursiveDeleteOption.ALLOW_INSECURE);
  }

  /// The baseline.
  @Benchmark
  public PredictResponse bareUnaryCall() {
    return echo.predict(known);
  }

  /// A prediction that was made before.
  @Benchmark
  public PredictResponse predictKnown() {
    return predictor.predict(known);
  }

  /// A prediction that was never made before.
  @Benchmark
  public PredictResponse predictNew() {
    return predictor.predict(request(100 + ++asked * 1e-3));
  }

  /// Rows per second in batches of a thousand that were never predicted before.
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.SECONDS)
  @OperationsPerInvocation(BATCH)
  public PredictBatchResponse batchRows() {
    return predictor.predictBatch(batch());
  }

  private void train() {
    String rows =
        new MeasuredRequests()
            .samples(TRAINED_FROM).stream()
                .map(ServiceBenchmark::row)
                .collect(Collectors.joining(",", "[", "]"));
    String config = "{\"model_type\":\"" + TYPE + "\",\"features_list\":" + rows + "}";
    TrainResponse trained =
        predictor.train(TrainRequest.newBuilder().setConfig(JsonValues.of(config)).build());
    require(trained.getStatus().equals("success"), trained);
  }

  private static String row(Sample sample) {
    return sample.features().values().entrySet().stream()
        .map(feature -> "\"" + feature.getKey() + "\":" + feature.getValue())
        .collect(Collectors.joining(",", "{", ",\"runtime_ms\":" + sample.milliseconds() + "}"));
  }

  private static PredictRequest request(double tokens) {
    return PredictRequest.newBuilder()
        .setModelType(TYPE)
        .setMetadata(JsonValues.of(features(tokens)))
        .build();
  }

  private PredictBatchRequest batch() {
    PredictBatchRequest.Builder request =
        PredictBatchRequest.newBuilder()
            .setModelType(TYPE)
            .setModelName("any")
            .setHardware("any")
            .setSoftwareName("any")
            .setSoftwareVersion("any")
            .setConfidenceLevel(0.9);
    for (int i = 0; i < BATCH; i++) {
      request.addTrace(JsonValues.of(features(100 + ++asked * 1e-3)));
    }
    return request.build();
  }

  private static String features(double tokens) {
    return "{\"input_tokens\":"
        + tokens
        + ",\"output_tokens\":80,\"max_tokens\":256,"
        + "\"batch_size\":4,\"tensor_parallel\":2,\"temperature\":0.5,\"queue_length\":5,"
        + "\"hour\":12}";
  }

  private static void require(boolean condition, Object answer) {
    if (!condition) {
      throw new IllegalStateException(answer.toString());
    }
  }
}
