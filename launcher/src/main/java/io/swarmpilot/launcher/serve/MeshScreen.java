package io.swarmpilot.launcher.serve;

import io.swarmpilot.launcher.settings.Ports;
import io.swarmpilot.runtime.BuildInfo;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// What `up` tells people, and programs through the ready file.
record MeshScreen(MeshSettings settings) {
  /// Every URL.
  Map<String, Object> urls() {
    Addresses addresses = new Addresses(settings.host());
    Ports ports = settings.ports();
    Map<String, Object> urls = new LinkedHashMap<>();
    urls.put("version", BuildInfo.version());
    urls.put("pid", ProcessHandle.current().pid());
    urls.put("model", settings.model());
    urls.put("gateway", Map.of("url", addresses.url(ports.everything())));
    urls.put("scheduler", addresses.service(ports.scheduler(), ports.schedulerGrpc()));
    urls.put("predictor", addresses.service(ports.predictor(), ports.predictorGrpc()));
    urls.put(
        "instances",
        IntStream.range(0, settings.instances())
            .mapToObj(k -> addresses.service(ports.instance(k), ports.instanceGrpc(k)))
            .toList());
    return urls;
  }

  /// The table of URLs and what to try first.
  void announce(PrintWriter out) {
    Addresses addresses = new Addresses(settings.host());
    Ports ports = settings.ports();
    String offset = ports.offset() == 0 ? "" : " --port-offset " + ports.offset();
    out.println();
    out.printf(
        "SwarmPilot Mesh %s serves %s on %d task instance%s, %d replica%s each.%n%n",
        BuildInfo.version(),
        settings.model(),
        settings.instances(),
        settings.instances() == 1 ? "" : "s",
        settings.replicas(),
        settings.replicas() == 1 ? "" : "s");
    row(out, "everything", addresses.shownUrl(ports.everything()), "API reference: /docs");
    row(out, "scheduler", addresses.shownUrl(ports.scheduler()), grpc(ports.schedulerGrpc()));
    row(out, "predictor", addresses.shownUrl(ports.predictor()), grpc(ports.predictorGrpc()));
    for (int k = 0; k < settings.instances(); k++) {
      row(
          out,
          "task instance " + (k + 1),
          addresses.shownUrl(ports.instance(k)),
          grpc(ports.instanceGrpc(k)));
    }
    out.println();
    out.println("Every port above speaks REST, gRPC and gRPC-Web. Try:");
    out.println();
    tries(addresses, offset).forEach(line -> out.println("  " + line));
    out.println();
    out.println("State is in memory: tasks and results are gone when this process ends.");
    out.println("Ctrl-C stops.");
    out.flush();
  }

  private List<String> tries(Addresses addresses, String offset) {
    String scheduler = addresses.shown() + ":" + settings.ports().scheduler();
    // What the embedded model takes; engines that are chosen by settings mostly chat.
    String input =
        settings.backendConfig().equals("{}")
            ? "{\"text\": \"hello\"}"
            : "{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}";
    return List.of(
        "curl http://"
            + scheduler
            + "/queue/submit -H 'Content-Type: application/json' \\\n"
            + "       -d '{\"model_name\": \""
            + settings.model()
            + "\", \"task_input\": "
            + input
            + ", \"metadata\": {}}'",
        "grpcurl -plaintext " + scheduler + " list",
        "./swarmpilot submit " + settings.model() + " --input '" + input + "' --wait" + offset);
  }

  private static String grpc(int port) {
    return "own gRPC port: " + port;
  }

  private static void row(PrintWriter out, String what, String url, String remark) {
    out.printf("  %-16s  %-28s  %s%n", what, url, remark);
  }
}
