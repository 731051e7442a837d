package io.swarmpilot.taskinstance.backend.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.grpc.Limits;
import io.swarmpilot.taskinstance.backend.ReplicaSpec;
import io.swarmpilot.taskinstance.backend.RunFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// Where an engine is, and how much is asked of it.
///
/// @param baseUrl address, http or https, without a slash at its end
/// @param model name of the model as the engine knows it
/// @param modelType name of the model as the mesh knows it
/// @param slots requests it is sent at the same moment, 1 to 1,024
/// @param key secret it asks for, if any
/// @param tls certificates in place of the JVM's own, if any
/// @param timeout longest time a request may take, from its start to its last byte
/// @param maxResponseBytes most bytes an answer may have as it comes over the network
/// @param probes how it is watched
public record EngineSettings(
    URI baseUrl,
    String model,
    String modelType,
    int slots,
    Optional<ApiKey> key,
    Optional<SSLContext> tls,
    Duration timeout,
    int maxResponseBytes,
    ProbeSettings probes) {
  private static final Set<String> KNOWN =
      Set.of(
          "backend",
          "base_url",
          "model",
          "slots",
          "api_key_env",
          "api_key_file",
          "ca_file",
          "client_cert_file",
          "client_key_file",
          "probe_interval_ms",
          "metrics_url",
          "request_timeout_ms",
          "max_response_bytes");

  private static final int MAX_SLOTS = 1_024;
  private static final int MAX_TIMEOUT_MS = 86_400_000;
  private static final int DEFAULT_TIMEOUT_MS = 600_000;
  private static final int MIN_RESPONSE_BYTES = 64 << 10;

  /// The settings in a configuration; notes a violation against every one that is wrong, in which
  /// case the result is of no use.
  ///
  /// @param defaultUrl address when the configuration gives none; "" when it has to
  /// @param own settings that only this kind of engine has, read by the caller
  public static EngineSettings parse(
      ReplicaSpec spec, String defaultUrl, Set<String> own, Violations violations) {
    ConfigReader config = new ConfigReader(spec.config(), violations);
    EngineSettings settings =
        new EngineSettings(
            BaseUrl.parse(config.text("base_url", defaultUrl), "base_url", violations),
            config.text("model", spec.modelType()),
            spec.modelType(),
            config.number("slots", 1, 1, MAX_SLOTS),
            ApiKey.read(spec.config(), System::getenv, violations),
            EngineTls.read(config),
            Duration.ofMillis(
                config.number("request_timeout_ms", DEFAULT_TIMEOUT_MS, 1, MAX_TIMEOUT_MS)),
            config.number(
                "max_response_bytes",
                Limits.MAX_BODY_BYTES,
                MIN_RESPONSE_BYTES,
                Limits.MAX_BODY_BYTES),
            ProbeSettings.parse(config));
    config.requireKnown(KNOWN, own);
    return settings;
  }

  /// The same at another address.
  public EngineSettings withBaseUrl(URI url) {
    return new EngineSettings(
        url, model, modelType, slots, key, tls, timeout, maxResponseBytes, probes);
  }

  /// The same with another bound on the time of a request.
  public EngineSettings withTimeout(Duration limit) {
    return new EngineSettings(
        baseUrl, model, modelType, slots, key, tls, limit, maxResponseBytes, probes);
  }

  /// A task's input with the model's name filled in as the engine knows it.
  ///
  /// @throws RunFailure when the input names another model
  public ObjectNode forEngine(ObjectNode input) throws RunFailure {
    JsonNode named = input.path("model");
    boolean same =
        named.isMissingNode()
            || named.isNull()
            || named.asText().equals(model)
            || named.asText().equals(modelType);
    if (!same) {
      throw RunFailure.invalidInput(
          "input_data.model", "must be '" + model + "', the model that runs here, or absent");
    }
    return input.put("model", model);
  }

  /// The text without the secret.
  public String hideKeyIn(String text) {
    return key.map(secret -> secret.hideIn(text)).orElse(text);
  }

  /// The failure without the secret, which engines like to repeat when they refuse it.
  RunFailure hideKeyIn(RunFailure failure) {
    return new RunFailure(failure.kind(), failure.fault(), hideKeyIn(failure.message()));
  }
}
