package io.swarmpilot.launcher.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swarmpilot.client.Json;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.proto.predictor.v1.TrainResponse;
import io.swarmpilot.proto.predictor.v1.TrainStreamRequest;
import io.swarmpilot.proto.predictor.v1.TrainStreamResponse;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Trains a model of execution times.
@Command(
    name = "train",
    description = "Train a model of execution times from measured ones.",
    footer = {
      "",
      "The file is a JSON array, JSON lines or CSV, gzipped or not: a row for each execution, with",
      "its features as numbers and its time in ms as runtime_ms or duration_ms."
    })
public final class TrainCommand extends ClientCommand {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Mixin private IdentityOptions identity = new IdentityOptions();

  @Option(
      names = "--file",
      paramLabel = "FILE|-",
      description = "The samples. Absent: they are in the settings, or named there.")
  private @Nullable String file;

  @Option(
      names = "--settings",
      paramLabel = "JSON|@FILE",
      description = "The training configuration, a JSON object; the other options win.")
  private String settings = "{}";

  @Spec private @Nullable CommandSpec command;

  @Override
  public Integer call() {
    TrainStreamRequest.Builder request = TrainStreamRequest.newBuilder().setConfig(config());
    if (file != null) {
      request.setTraceFile(FileArgument.read("--file", file)).setFileName(FileArgument.name(file));
    }
    try (Session session = target().predictor()) {
      TrainResponse result = session.call(() -> follow(session, request.build()));
      if (target().json()) {
        screen().json(result);
      } else if (result.getStatus().equals("success")) {
        show(result);
      }
      return exitCode(result.getStatus(), result.getMessage());
    }
  }

  private JsonValue config() {
    String text = JsonArgument.read("--settings", settings).getJson();
    if (!text.startsWith("{")) {
      throw new CommandFailure("--settings must be a JSON object");
    }
    Map<String, String> members = identity.members();
    if (members.isEmpty()) {
      return JsonValues.of(text);
    }
    String own = text.substring(1, text.length() - 1).strip();
    // Of equal names the last one counts.
    return JsonValues.of("{" + own + (own.isEmpty() ? "" : ",") + Json.of(members).substring(1));
  }

  private TrainResponse follow(Session session, TrainStreamRequest request) {
    if (command == null) {
      throw new IllegalStateException("not run from a command line");
    }
    ProgressBar bar = new ProgressBar(command.commandLine().getErr(), ProgressBar.isTerminal());
    try {
      Iterator<TrainStreamResponse> answers = session.patientPredictor().trainStream(request);
      while (answers.hasNext()) {
        TrainStreamResponse answer = answers.next();
        if (answer.hasResult()) {
          return answer.getResult();
        }
        bar.at(answer.getPhase(), answer.getDone(), answer.getTotal());
      }
    } finally {
      bar.end();
    }
    throw new CommandFailure("the predictor ended without a result");
  }

  private void show(TrainResponse result) {
    JsonNode metrics = metrics(result);
    List<List<String>> pairs = new ArrayList<>();
    pairs.add(List.of("model", result.getModelKey()));
    pairs.add(List.of("version", Integer.toString(result.getVersion())));
    pairs.add(List.of("took", Screen.millis(result.getDurationMs())));
    pairs.add(List.of("stage", metrics.path("stage").asText()));
    pairs.add(
        List.of(
            "rows",
            "%s, of which %s held out"
                .formatted(metrics.path("rows").asText(), metrics.path("test_rows").asText())));
    measured(pairs, metrics, "mean_pinball_loss", "pinball loss", " ms");
    measured(pairs, metrics, "mae", "mean absolute error", " ms");
    measured(pairs, metrics, "mape", "relative error", "");
    metrics
        .path("coverage")
        .properties()
        .forEach(level ->
            measured(
                pairs, metrics.path("coverage"), level.getKey(), "within " + level.getKey(), ""));
    if (!metrics.path("ignored_settings").isEmpty()) {
      pairs.add(List.of("ignored", metrics.path("ignored_settings").toString()));
    }
    screen().properties(pairs);
  }

  private static void measured(
      List<List<String>> pairs, JsonNode metrics, String name, String title, String unit) {
    if (metrics.path(name).isNumber()) {
      pairs.add(List.of(title, Screen.number(metrics.path(name).doubleValue()) + unit));
    }
  }

  private static JsonNode metrics(TrainResponse result) {
    try {
      return MAPPER.readTree(JsonValues.text(result.getMetrics()));
    } catch (JsonProcessingException e) {
      throw new CommandFailure("the predictor answered metrics that are not JSON", e);
    }
  }
}
