package io.swarmpilot.taskinstance.backend.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.http.ConfigReader;
import io.swarmpilot.taskinstance.backend.http.EngineSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Which server is started, and how.
///
/// @param software what the server is called in predictions when it does not say itself
/// @param protocol what it speaks
/// @param command program and arguments, with placeholders
/// @param environment variables beside those of the instance, with placeholders
/// @param model the model as the server is to load it
/// @param servedModel the model as requests name it
/// @param slots tasks it is sent at the same moment
/// @param engine settings of the backend that talks to it, without its address
/// @param readyTimeout longest time from its start until it takes tasks
/// @param stopGrace time it has to end by itself
/// @param maxRestarts restarts in a row before it is given up
record ProcessSettings(
    String software,
    Protocol protocol,
    List<String> command,
    Map<String, String> environment,
    String model,
    String servedModel,
    int slots,
    ObjectNode engine,
    Duration readyTimeout,
    Duration stopGrace,
    int maxRestarts) {
  private static final Set<String> OWN =
      Set.of(
          "engine",
          "command",
          "executable",
          "args",
          "env",
          "served_model",
          "protocol",
          "ready_timeout_ms",
          "stop_grace_ms",
          "max_restarts");

  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String ANY_ADDRESS = "http://127.0.0.1";
  private static final int MAX_WORDS = 1_000;
  private static final int MAX_VARIABLES = 200;
  private static final int MAX_MS = 86_400_000;

  /// Copies the collections.
  ProcessSettings {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /// The settings in a configuration.
  ///
  /// @throws io.swarmpilot.runtime.error.MeshException INVALID_FIELD naming every setting that is
  ///   wrong
  static ProcessSettings parse(ReplicaSpec spec) {
    Violations violations = new Violations();
    SettingsReader config = new SettingsReader(new ConfigReader(spec.config(), violations));
    Optional<EngineTemplate> template = template(config, violations);
    String model = config.text("model", spec.modelType());
    Protocol protocol = template.map(EngineTemplate::protocol).orElseGet(() -> protocol(config));
    boolean named = template.isPresent() && protocol == Protocol.OPENAI;
    String served = config.text("served_model", named ? spec.modelType() : model);
    ObjectNode engine = engine(spec, served, violations);
    EngineSettings talk =
        EngineSettings.parse(
            new ReplicaSpec(spec.modelType(), engine),
            ANY_ADDRESS,
            protocol.settings(),
            violations);
    ProcessSettings settings =
        new ProcessSettings(
            template.map(EngineTemplate::setting).orElse(""),
            protocol,
            command(config, template, spec.gpus().size()),
            environment(config, template),
            model,
            served,
            talk.slots(),
            engine,
            Duration.ofMillis(config.number("ready_timeout_ms", 600_000, 1, MAX_MS)),
            Duration.ofMillis(config.number("stop_grace_ms", 10_000, 0, 600_000)),
            config.number("max_restarts", 10, 0, 1_000_000));
    violations.throwIfAny();
    return settings;
  }

  /// What the backend that talks to the server is configured with.
  ///
  /// @param port where the server listens
  ObjectNode engineAt(int port) {
    return engine.deepCopy().put("base_url", "http://127.0.0.1:" + port);
  }

  private static Optional<EngineTemplate> template(SettingsReader config, Violations violations) {
    boolean named = config.has("engine");
    violations.require(
        named != config.has("command"),
        named ? "config.command" : "config.engine",
        named
            ? "cannot be given with config.engine"
            : "must be one of " + EngineTemplate.names() + ", unless config.command is given");
    if (!named) {
      violations.require(
          !config.has("executable"), "config.executable", "belongs to config.engine");
      return Optional.empty();
    }
    Optional<EngineTemplate> template = EngineTemplate.named(config.text("engine", ""));
    violations.require(
        template.isPresent(), "config.engine", "must be one of " + EngineTemplate.names());
    violations.require(!config.has("protocol"), "config.protocol", "belongs to config.command");
    return template;
  }

  private static Protocol protocol(SettingsReader config) {
    String name = config.text("protocol", Protocol.OPENAI.backend());
    config.require(
        name.equals(Protocol.OPENAI.backend()) || name.equals(Protocol.OLLAMA.backend()),
        "protocol",
        "must be openai or ollama");
    return name.equals(Protocol.OLLAMA.backend()) ? Protocol.OLLAMA : Protocol.OPENAI;
  }

  private static List<String> command(
      SettingsReader config, Optional<EngineTemplate> template, int gpus) {
    List<String> words =
        template.isPresent()
            ? new ArrayList<>(template.get().command(gpus))
            : new ArrayList<>(config.words("command", MAX_WORDS));
    config.require(
        template.isPresent() || !words.isEmpty(), "command", "must name a program at least");
    if (config.has("executable") && template.isPresent()) {
      words.set(0, config.text("executable", ""));
    }
    words.addAll(config.words("args", MAX_WORDS));
    return words;
  }

  private static Map<String, String> environment(
      SettingsReader config, Optional<EngineTemplate> template) {
    Map<String, String> variables =
        new LinkedHashMap<>(template.map(EngineTemplate::environment).orElse(Map.of()));
    variables.putAll(config.texts("env", MAX_VARIABLES));
    variables
        .keySet()
        .forEach(name ->
            config.require(
                VARIABLE.matcher(name).matches(),
                "env",
                "'" + name + "' is no name of a variable"));
    config.require(
        !variables.containsKey(GpuDevices.VARIABLE),
        "env",
        GpuDevices.VARIABLE + " is set by the instance: ask for GPUs by num_gpus_per_model");
    return variables;
  }

  private static ObjectNode engine(ReplicaSpec spec, String served, Violations violations) {
    JsonNode config = spec.config();
    violations.require(
        !config.has("base_url"),
        "config.base_url",
        "is chosen by the instance, which gives every server a port of its own");
    ObjectNode engine = config.deepCopy();
    engine.remove(OWN);
    engine.remove(List.of("base_url", "backend"));
    return engine.put("model", served);
  }
}
