package io.swarmpilot.launcher.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.launcher.settings.CommandFailure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What runs the initial model: the settings most used as options of their own, every other in
/// `--backend-config`.
final class EngineOptions {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What runs the model: openai, ollama, … (default: whatever knows it).")
  private @Nullable String backend;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = "Where the engine is: http://localhost:8000.")
  private @Nullable String baseUrl;

  @Option(
      names = "--engine-model",
      paramLabel = "NAME",
      description = "Name of the model at the engine (default: that of the model).")
  private @Nullable String engineModel;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Tasks the engine is sent at the same moment (default: 1).")
  private @Nullable Integer slots;

  @Option(
      names = "--api-key-file",
      paramLabel = "FILE",
      description = "File that holds the engine's key and nothing else.")
  private @Nullable String apiKeyFile;

  @Option(
      names = "--backend-config",
      paramLabel = "JSON",
      description = "Settings of the backend, a JSON object.")
  private String backendConfig = "{}";

  /// The settings of the backend, a JSON object.
  ///
  /// @throws CommandFailure when `--backend-config` is none, or says what an option says as well
  String config() {
    ObjectNode config = parse();
    put(config, "--backend", "backend", backend);
    put(config, "--base-url", "base_url", baseUrl);
    put(config, "--engine-model", "model", engineModel);
    put(config, "--api-key-file", "api_key_file", apiKeyFile);
    if (slots != null) {
      requireAbsent(config, "--slots", "slots");
      config.put("slots", slots);
    }
    return config.toString();
  }

  /// Whether anything was said about what runs the model.
  boolean isGiven() {
    return !config().equals("{}");
  }

  private ObjectNode parse() {
    try {
      JsonNode config = MAPPER.readTree(backendConfig);
      if (config instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new CommandFailure("--backend-config is not JSON: " + e.getOriginalMessage());
    }
    throw new CommandFailure("--backend-config must be a JSON object");
  }

  private static void put(
      ObjectNode config, String option, String setting, @Nullable String value) {
    if (value != null) {
      requireAbsent(config, option, setting);
      config.put(setting, value);
    }
  }

  private static void requireAbsent(ObjectNode config, String option, String setting) {
    if (config.has(setting)) {
      throw new CommandFailure(option + " and --backend-config both say what '" + setting + "' is");
    }
  }
}
