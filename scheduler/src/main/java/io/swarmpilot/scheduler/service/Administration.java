package io.swarmpilot.scheduler.service;

import com.google.common.collect.ImmutableList;
import io.swarmpilot.proto.scheduler.v1.GetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RegisterInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceRequest;
import io.swarmpilot.proto.scheduler.v1.RemoveInstanceResponse;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeRequest;
import io.swarmpilot.proto.scheduler.v1.SetPredictModeResponse;
import io.swarmpilot.proto.scheduler.v1.SetStrategyRequest;
import io.swarmpilot.proto.scheduler.v1.SetStrategyResponse;
import io.swarmpilot.proto.scheduler.v1.StrategyDescription;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.scheduler.core.Answer;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.core.PredictMode;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Strategy, prediction mode and instances. Refusals here are answers with `status: "error"`.
final class Administration {
  private static final String SUCCESS = "success";
  private static final String ERROR = "error";
  private static final String OK = "OK";

  private final EndpointParts parts;
  private final Requests requests;
  private final ImmutableList<StrategyDescription> strategies;

  Administration(EndpointParts parts, Requests requests) {
    this.parts = parts;
    this.requests = requests;
    this.strategies = Strategies.describe(parts.policies());
  }

  CompletionStage<SetStrategyResponse> setStrategy(SetStrategyRequest request) {
    String name = request.getName();
    new Violations().requireText("name", name, 256).throwIfAny();
    return requests
        .<Boolean>ask(reply -> new Command.SetStrategy(name, reply))
        .thenApply(found ->
            SetStrategyResponse.newBuilder()
                .setStatus(found ? SUCCESS : ERROR)
                .setMessage(found ? OK : unknownStrategy(name))
                .build());
  }

  GetStrategyResponse strategy() {
    return GetStrategyResponse.newBuilder()
        .setStatus(SUCCESS)
        .setStrategy(parts.view().settings().strategy())
        .setPredictMode(parts.view().settings().mode().label())
        .addAllAvailable(parts.policies().names())
        .addAllStrategies(strategies)
        .setLocked(parts.strategyLocked())
        .build();
  }

  CompletionStage<SetPredictModeResponse> setPredictMode(SetPredictModeRequest request) {
    String name = request.getMode();
    new Violations().requireText("mode", name, 256).throwIfAny();
    Optional<PredictMode> mode = mode(name);
    if (mode.isEmpty()) {
      return CompletableFuture.completedStage(
          SetPredictModeResponse.newBuilder()
              .setStatus(ERROR)
              .setMessage("Invalid mode '" + name + "'. Valid modes: default, lookup_table")
              .build());
    }
    return requests
        .<Boolean>ask(reply -> new Command.SetPredictMode(mode.get(), reply))
        .thenApply(
            done -> SetPredictModeResponse.newBuilder().setStatus(SUCCESS).setMessage(OK).build());
  }

  CompletionStage<RegisterInstanceResponse> register(RegisterInstanceRequest request) {
    new Violations()
        .requireText("host", request.getHost(), 255)
        .require(
            request.getPort() >= 1 && request.getPort() <= 65_535,
            "port",
            "must be between 1 and 65535")
        .require(
            request.getModelName().length() <= 256,
            "model_name",
            "must have at most 256 characters")
        .throwIfAny();
    return parts
        .registrar()
        .register(request.getHost(), request.getPort(), request.getModelName())
        .thenApply(Administration::registered);
  }

  CompletionStage<RemoveInstanceResponse> remove(RemoveInstanceRequest request) {
    boolean byUuid = !request.getTiUuid().isEmpty();
    boolean byAddress = !request.getHost().isEmpty() && request.hasPort();
    new Violations().requirePresent(byUuid || byAddress, "ti_uuid").throwIfAny();
    if (byUuid && !isUuid(request.getTiUuid())) {
      return CompletableFuture.completedStage(notRemoved(request, "Invalid UUID format"));
    }
    String address = request.getHost() + ":" + request.getPort();
    String key = byUuid ? request.getTiUuid().toLowerCase(Locale.ROOT) : address;
    String failure =
        byUuid ? "TaskInstance not found" : "TaskInstance at " + address + " not found";
    return requests
        .<Answer.Removed>ask(reply -> new Command.Remove(key, reply))
        .thenApply(answer ->
            answer
                .instance()
                .map(instance ->
                    RemoveInstanceResponse.newBuilder()
                        .setStatus(SUCCESS)
                        .setMessage("TaskInstance removed successfully")
                        .setTiUuid(instance.uuid())
                        .setHost(instance.registration().host())
                        .setPort(instance.registration().port())
                        .build())
                .orElseGet(() -> notRemoved(request, failure)));
  }

  private String unknownStrategy(String name) {
    return "Invalid strategy name '"
        + name
        + "'. Valid strategies: "
        + String.join(", ", parts.policies().names());
  }

  private static Optional<PredictMode> mode(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT).replace('-', '_')) {
      case "default", "standard" -> Optional.of(PredictMode.DEFAULT);
      case "lookup_table" -> Optional.of(PredictMode.LOOKUP_TABLE);
      default -> Optional.empty();
    };
  }

  private static RegisterInstanceResponse registered(Answer.Registered answer) {
    boolean added = answer.failure().isEmpty();
    return RegisterInstanceResponse.newBuilder()
        .setStatus(added ? SUCCESS : ERROR)
        .setMessage(added ? "TaskInstance registered successfully" : answer.failure())
        .setTiUuid(answer.uuid())
        .build();
  }

  private static RemoveInstanceResponse notRemoved(RemoveInstanceRequest request, String message) {
    RemoveInstanceResponse.Builder response =
        RemoveInstanceResponse.newBuilder().setStatus(ERROR).setMessage(message);
    if (!request.getTiUuid().isEmpty()) {
      response.setTiUuid(request.getTiUuid());
    }
    if (request.hasHost()) {
      response.setHost(request.getHost());
    }
    if (request.hasPort()) {
      response.setPort(request.getPort());
    }
    return response.build();
  }

  private static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
