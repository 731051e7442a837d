package io.swarmpilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import io.grpc.ManagedChannel;
import io.swarmpilot.gateway.docs.OpenApi;
import io.swarmpilot.gateway.rest.PathTemplate;
import io.swarmpilot.gateway.rest.Rule;
import io.swarmpilot.gateway.special.InstanceDirectory;
import io.swarmpilot.runtime.grpc.MeshChannels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is served where, compared with what is committed.
class RoutesTest {
  private ManagedChannel nowhere;

  @BeforeEach
  void open() {
    nowhere = MeshChannels.inProcess("nowhere");
  }

  @AfterEach
  void close() {
    nowhere.shutdownNow();
  }

  @Test
  void theRouteTableIsWhatIsCommitted() throws IOException {
    StringBuilder text = new StringBuilder();
    ports()
        .forEach((port, routes) -> {
          text.append("# ").append(port).append('\n');
          for (String binding : routes.table().describe()) {
            text.append(binding).append(" -> ").append(rpcs(routes, binding)).append('\n');
          }
          text.append('\n');
        });
    Golden.verify("routes.txt", text.toString());
  }

  @Test
  void theOpenApiDocumentIsWhatIsCommitted() throws IOException {
    Golden.verify("openapi.json", OpenApi.of("all services", "0", all().rules()) + "\n");
  }

  @Test
  void theOpenApiDocumentsHoldTogether() throws IOException {
    for (Map.Entry<String, Routes> port : ports().entrySet()) {
      JsonNode document =
          new ObjectMapper().readTree(OpenApi.of(port.getKey(), "0", port.getValue().rules()));
      Set<String> ids = new TreeSet<>();
      for (JsonNode id : document.findValues("operationId")) {
        assertThat(ids.add(id.asText())).as("operationId %s twice", id).isTrue();
      }
      for (JsonNode reference : document.findValues("$ref")) {
        String pointer = reference.asText().substring(1);
        assertThat(document.at(pointer).isMissingNode()).as(pointer).isFalse();
      }
      for (JsonNode summary : document.get("paths").findValues("summary")) {
        assertThat(summary.asText()).isNotBlank();
      }
      Set<String> served = new TreeSet<>();
      port.getValue().rules().forEach(rule -> served.add(rule.path().text()));
      assertThat(document.get("paths").fieldNames())
          .toIterable()
          .containsExactlyInAnyOrderElementsOf(served);
    }
  }

  @Test
  void twoOperationsOnOnePathAreAMistake() {
    RouteTable table = new RouteTable();
    table.bind(HttpMethod.GET, "/x", (ctx, request) -> HttpResponse.of(200));
    table.bind(HttpMethod.POST, "/x", (ctx, request) -> HttpResponse.of(200));
    assertThatThrownBy(
            () -> table.bind(HttpMethod.GET, "/x", (ctx, request) -> HttpResponse.of(200)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("GET /x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "/a:verb", "/{x=**}", "/{x}y", "/a/"})
  void refusesPathsItCannotRoute(String template) {
    assertThatThrownBy(() -> PathTemplate.parse(template))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Map<String, Routes> ports() {
    Map<String, Routes> ports = new LinkedHashMap<>();
    ports.put("all services", all());
    for (Backend.Role role : Backend.Role.values()) {
      ports.put(role.title(), Routes.of(new Backend(role, nowhere)));
    }
    return ports;
  }

  private Routes all() {
    List<Backend> backends = new ArrayList<>();
    for (Backend.Role role : Backend.Role.values()) {
      backends.add(new Backend(role, nowhere));
    }
    InstanceDirectory directory =
        new InstanceDirectory(nowhere, List.of(nowhere), MeshChannels::netty);
    return Routes.ofAll(backends, Optional.of(directory));
  }

  private static String rpcs(Routes routes, String binding) {
    List<String> names =
        routes.rules().stream()
            .filter(rule -> binding.equals(rule.verb() + " " + rule.path().text()))
            .map(Rule::method)
            .map(method -> method.getFullName())
            .toList();
    return names.isEmpty() ? "page" : String.join(" | ", names);
  }
}
