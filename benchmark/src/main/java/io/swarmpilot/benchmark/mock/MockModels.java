package io.swarmpilot.benchmark.mock;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/// The models of a mock server. Pulling one adds it; a name that begins with `missing` cannot be
/// pulled.
final class MockModels {
  private static final String ANY = "mock";

  private final boolean any;
  private final Set<String> names;

  MockModels(Collection<String> names) {
    this.any = names.isEmpty();
    this.names = new ConcurrentSkipListSet<>(any ? Set.of(ANY) : names);
  }

  boolean serves(String model) {
    return any || names.contains(model) || names.contains(model.replaceFirst(":latest$", ""));
  }

  /// `GET /v1/models`.
  HttpResponse openAiList() {
    return json(
        "{\"object\":\"list\",\"data\":["
            + listed("{\"id\":\"%s\",\"object\":\"model\",\"owned_by\":\"mock\"}")
            + "]}");
  }

  /// `GET /api/tags`.
  HttpResponse ollamaList() {
    return json("{\"models\":[" + listed("{\"name\":\"%s:latest\"}") + "]}");
  }

  /// `POST /api/pull`: progress line by line, or one line at its end.
  HttpResponse pull(AggregatedHttpRequest request) {
    var body = MockJson.parse(request.content().array());
    String model = body.path("model").asText(body.path("name").asText(""));
    if (model.isEmpty()) {
      return MockService.error(HttpStatus.BAD_REQUEST, "no model is named");
    }
    boolean missing = model.startsWith("missing");
    if (!missing) {
      names.add(model);
    }
    String end = missing ? "{\"error\":\"file does not exist\"}" : "{\"status\":\"success\"}";
    boolean stream = body.path("stream").asBoolean(true);
    String progress =
        stream
            ? """
            {"status":"pulling manifest"}
            {"status":"pulling 0000","digest":"sha256:0000","total":200,"completed":100}
            {"status":"pulling 0000","digest":"sha256:0000","total":200,"completed":200}
            """
            : "";
    return HttpResponse.of(
        HttpStatus.OK,
        stream ? MediaType.create("application", "x-ndjson") : MediaType.JSON,
        progress + end + "\n");
  }

  private String listed(String form) {
    return new TreeSet<>(names)
        .stream()
            .map(name -> form.replace("%s", OpenAiForm.quoted(name)))
            .collect(Collectors.joining(","));
  }

  private static HttpResponse json(String body) {
    return HttpResponse.of(HttpStatus.OK, MediaType.JSON, body);
  }
}
