package io.swarmpilot.launcher.client;

import io.swarmpilot.gateway.json.JsonCodec;
import io.swarmpilot.gateway.json.JsonRejectedException;
import io.swarmpilot.gateway.json.JsonViolation;
import io.swarmpilot.launcher.settings.CommandFailure;
import io.swarmpilot.proto.scheduler.v1.DryRunRequest;
import io.swarmpilot.proto.scheduler.v1.DryRunResponse;
import io.swarmpilot.proto.scheduler.v1.SchedulingDecision;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Tells what a strategy would decide.
@Command(
    name = "dry-run",
    description = "Tell what a strategy would decide about requests, without placing them.",
    footer = {
      "",
      "Without instances the requests meet the registered ones with their present load.",
      "Example: swarmpilot dry-run --strategy slo_aware --input \\",
      "    '{\"requests\": [{\"request_id\": \"a\", \"slo_deadline_ms\": 500}, {\"request_id\": \"b\"}]}'"
    })
public final class DryRunCommand extends ClientCommand {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "JSON|@FILE|-",
      description =
          "An object with `requests` and perhaps `instances`, or the array of requests alone; -"
              + " reads standard input.")
  private String input = "";

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      description = "Strategy to ask (default: the one in force).")
  private @Nullable String strategy;

  @Override
  public Integer call() {
    DryRunRequest request = request();
    try (Session session = target().scheduler()) {
      DryRunResponse answer = session.call(() -> session.scheduler().dryRun(request));
      if (target().json()) {
        screen().json(answer);
      } else {
        show(answer);
      }
      return 0;
    }
  }

  private DryRunRequest request() {
    String text = JsonArgument.read("--input", input).getJson();
    String body = text.startsWith("[") ? "{\"requests\":" + text + "}" : text;
    DryRunRequest request;
    try {
      request =
          (DryRunRequest)
              JsonCodec.fromJson(
                  body.getBytes(StandardCharsets.UTF_8), DryRunRequest.getDefaultInstance());
    } catch (JsonRejectedException e) {
      throw new CommandFailure("--input: " + reasons(e), e);
    }
    return strategy == null ? request : request.toBuilder().setStrategy(strategy).build();
  }

  private static String reasons(JsonRejectedException rejection) {
    return rejection.violations().stream()
        .map(DryRunCommand::reason)
        .collect(Collectors.joining("; "));
  }

  private static String reason(JsonViolation violation) {
    String path = violation.path().stream().map(String::valueOf).collect(Collectors.joining("."));
    return path.isEmpty() ? violation.message() : path + ": " + violation.message();
  }

  private void show(DryRunResponse answer) {
    screen().line(answer.getStrategy() + " would place");
    screen()
        .table(
            List.of("REQUEST", "INSTANCE", "LATENCY", "COST", "CONFIDENCE", "REASON"),
            answer.getDecisionsList().stream().map(DryRunCommand::decision).toList());
    if (answer.getUnplacedCount() > 0) {
      screen().line("and has no room for " + String.join(", ", answer.getUnplacedList()));
    }
  }

  private static List<String> decision(SchedulingDecision decision) {
    return List.of(
        decision.getRequestId(),
        decision.getTargetInstanceId(),
        Screen.millis(decision.getEstimatedLatencyMs()),
        Screen.number(decision.getEstimatedCost()),
        Screen.number(decision.getConfidence()),
        decision.getReason());
  }
}
