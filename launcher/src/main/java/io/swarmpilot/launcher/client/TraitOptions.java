package io.swarmpilot.launcher.client;

import io.swarmpilot.client.Json;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.launcher.settings.TimeSpan;
import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.json.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a task wants to be treated: what its metadata says of that.
final class TraitOptions {
  @Option(
      names = "--priority",
      paramLabel = "NAME",
      description = "critical, high, normal, low or background, or 0 to 4.")
  private @Nullable String priority;

  @Option(
      names = "--slo",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "Time within which it is to be completed; an objective, not a limit.")
  private @Nullable TimeSpan slo;

  @Option(
      names = "--give-up-after",
      paramLabel = "TIME",
      converter = TimeSpan.Converter.class,
      description = "Time after which it is ended as failed.")
  private @Nullable TimeSpan giveUpAfter;

  @Option(
      names = "--sheddable",
      description = "It may be refused or dropped when it cannot meet its objective.")
  private boolean sheddable;

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "Who it belongs to; users share a priority fairly.")
  private @Nullable String user;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "Strategy to choose its instance by, instead of the one in force.")
  private @Nullable String strategy;

  @Option(names = "--cost-budget", paramLabel = "AMOUNT", description = "The most it may cost.")
  private @Nullable Double costBudget;

  /// Metadata with these options added; they win over what it says itself. The rest stays as it is,
  /// byte for byte.
  JsonValue addTo(JsonValue metadata) {
    Map<String, Object> given = given();
    if (given.isEmpty()) {
      return metadata;
    }
    String text = metadata.getJson();
    if (!text.startsWith("{")) {
      throw new CommandFailure("--metadata must be a JSON object");
    }
    String members = text.substring(1, text.length() - 1).strip();
    // Of equal names the last one counts.
    return JsonValues.of(
        "{" + members + (members.isEmpty() ? "" : ",") + Json.of(given).substring(1));
  }

  private Map<String, Object> given() {
    Map<String, Object> given = new LinkedHashMap<>();
    put(given, "priority", priority);
    put(given, "slo_deadline_ms", slo == null ? null : slo.duration().toMillis());
    put(given, "timeout_ms", giveUpAfter == null ? null : giveUpAfter.duration().toMillis());
    put(given, "sheddable", sheddable ? true : null);
    put(given, "user_id", user);
    put(given, "strategy", strategy);
    put(given, "cost_budget", costBudget);
    return given;
  }

  private static void put(Map<String, Object> given, String name, @Nullable Object value) {
    if (value != null) {
      given.put(name, value);
    }
  }
}
