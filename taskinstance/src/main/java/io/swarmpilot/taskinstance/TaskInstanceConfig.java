package io.swarmpilot.taskinstance;

import io.swarmpilot.taskinstance.queue.QueueBounds;
import io.swarmpilot.taskinstance.weights.WeightStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// How a task instance is set up.
///
/// @param instanceId name the instance gives itself
/// @param host address to listen on
/// @param port port to listen on; 0 picks a free one, -1 serves inside the process only
/// @param inProcessName name to serve channels of this process under, if any
/// @param advertisedHost host under which the scheduler reaches the instance
/// @param advertisedPort port under which the scheduler reaches the instance; 0: the one it listens
///   on
/// @param hardware hardware as it enters predictions
/// @param gpus GPUs that the replicas may use together
/// @param weights where weights are that were fetched
/// @param bounds how much is kept
/// @param dataDirectory where files go; made when it is needed
/// @param commandsAllowed whether callers of `StartModels` may have programs run that they name
/// @param initialModel model to start at once, if any
public record TaskInstanceConfig(
    String instanceId,
    String host,
    int port,
    Optional<String> inProcessName,
    String advertisedHost,
    int advertisedPort,
    String hardware,
    int gpus,
    WeightStore weights,
    QueueBounds bounds,
    Path dataDirectory,
    boolean commandsAllowed,
    Optional<InitialModel> initialModel) {
  private static final int MAX_PORT = 65_535;

  /// Checks the bounds.
  public TaskInstanceConfig {
    if (port < -1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port must be between -1 and 65535, not " + port);
    }
    if (advertisedPort < 0 || advertisedPort > MAX_PORT) {
      throw new IllegalArgumentException(
          "advertisedPort must be between 0 and 65535, not " + advertisedPort);
    }
    if (gpus < 0) {
      throw new IllegalArgumentException("gpus must not be negative, but is " + gpus);
    }
  }

  /// "task-instance-1" on port 9110 of the loopback address, without GPUs and without a model.
  public static TaskInstanceConfig defaults() {
    return new Draft().build();
  }

  /// What the hardware is called unless the configuration says: kind, architecture and processors,
  /// such as "cpu-amd64-2".
  public static String detectedHardware() {
    String architecture = System.getProperty("os.arch", "unknown").toLowerCase(Locale.ROOT);
    return "cpu-" + architecture + "-" + Runtime.getRuntime().availableProcessors();
  }

  /// The same under another name.
  public TaskInstanceConfig withInstanceId(String id) {
    return edited(draft -> draft.instanceId = id);
  }

  /// The same, listening at another address.
  public TaskInstanceConfig withHost(String address) {
    return edited(draft -> draft.host = address);
  }

  /// The same, listening on another port; 0 picks a free one, -1 serves inside the process only.
  public TaskInstanceConfig withPort(int number) {
    return edited(draft -> draft.port = number);
  }

  /// The same, serving channels of this process as well.
  public TaskInstanceConfig withInProcessName(String name) {
    return edited(draft -> draft.inProcessName = Optional.of(name));
  }

  /// The same, reached by the scheduler under another host.
  public TaskInstanceConfig withAdvertisedHost(String address) {
    return edited(draft -> draft.advertisedHost = address);
  }

  /// The same, reached by the scheduler under another port; 0: the one it listens on.
  public TaskInstanceConfig withAdvertisedPort(int number) {
    return edited(draft -> draft.advertisedPort = number);
  }

  /// The same on other hardware.
  public TaskInstanceConfig withHardware(String name) {
    return edited(draft -> draft.hardware = name);
  }

  /// The same with GPUs that replicas may use.
  public TaskInstanceConfig withGpus(int count) {
    return edited(draft -> draft.gpus = count);
  }

  /// The same, finding fetched weights elsewhere.
  public TaskInstanceConfig withWeights(WeightStore store) {
    return edited(draft -> draft.weights = store);
  }

  /// The same with other bounds.
  public TaskInstanceConfig withBounds(QueueBounds limits) {
    return edited(draft -> draft.bounds = limits);
  }

  /// The same with another bound on waiting tasks.
  public TaskInstanceConfig withMaxQueue(int tasks) {
    return withBounds(
        new QueueBounds(
            tasks,
            bounds.maxPendingBytes(),
            bounds.maxResults(),
            bounds.resultTtl(),
            bounds.maxResultBytes()));
  }

  /// The same with other bounds on the results kept: how many, how long, how many bytes.
  public TaskInstanceConfig withResultBounds(int count, Duration age, long bytes) {
    return withBounds(
        new QueueBounds(bounds.maxPending(), bounds.maxPendingBytes(), count, age, bytes));
  }

  /// The same, starting a model by itself; `config` is a JSON object for the backend.
  public TaskInstanceConfig withInitialModel(String modelType, int replicas, String config) {
    return withInitialModel(new InitialModel(modelType, replicas, config, 0));
  }

  /// The same, starting a model by itself.
  public TaskInstanceConfig withInitialModel(InitialModel model) {
    return edited(draft -> draft.initialModel = Optional.of(model));
  }

  /// The same with its files elsewhere.
  public TaskInstanceConfig withDataDirectory(Path directory) {
    return edited(draft -> draft.dataDirectory = directory);
  }

  /// The same, letting callers of `StartModels` have programs run that they name, or not.
  public TaskInstanceConfig withCommandsAllowed(boolean allowed) {
    return edited(draft -> draft.commandsAllowed = allowed);
  }

  private TaskInstanceConfig edited(Consumer<Draft> edit) {
    Draft draft = new Draft();
    draft.instanceId = instanceId;
    draft.host = host;
    draft.port = port;
    draft.inProcessName = inProcessName;
    draft.advertisedHost = advertisedHost;
    draft.advertisedPort = advertisedPort;
    draft.hardware = hardware;
    draft.gpus = gpus;
    draft.weights = weights;
    draft.bounds = bounds;
    draft.dataDirectory = dataDirectory;
    draft.commandsAllowed = commandsAllowed;
    draft.initialModel = initialModel;
    edit.accept(draft);
    return draft.build();
  }

  /// The components while one of them changes.
  private static final class Draft {
    private String instanceId = "task-instance-1";
    private String host = "127.0.0.1";
    private int port = 9110;
    private Optional<String> inProcessName = Optional.empty();
    private String advertisedHost = "127.0.0.1";
    private int advertisedPort;
    private String hardware = detectedHardware();
    private int gpus;
    private WeightStore weights =
        WeightStore.ofUser(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    private QueueBounds bounds = QueueBounds.defaults();
    private Path dataDirectory = Path.of(".swarmpilot");
    private boolean commandsAllowed;
    private Optional<InitialModel> initialModel = Optional.empty();

    TaskInstanceConfig build() {
      return new TaskInstanceConfig(
          instanceId,
          host,
          port,
          inProcessName,
          advertisedHost,
          advertisedPort,
          hardware,
          gpus,
          weights,
          bounds,
          dataDirectory,
          commandsAllowed,
          initialModel);
    }
  }
}
