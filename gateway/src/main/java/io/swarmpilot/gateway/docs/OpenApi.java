package io.swarmpilot.gateway.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Ascii;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.swarmpilot.gateway.rest.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The OpenAPI 3.1 document of one port, written from the descriptors and their comments.
public final class OpenApi {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Comments comments = Comments.load();
  private final Schemas schemas = new Schemas(comments);
  private final Operations operations = new Operations(comments, schemas);

  private OpenApi() {}

  /// The document for these operations, as JSON.
  public static String of(String title, String version, List<Rule> rules) {
    ObjectNode document = new OpenApi().document(title, version, rules);
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of our own cannot be written", e);
    }
  }

  private ObjectNode document(String title, String version, List<Rule> rules) {
    ObjectNode document = nodes.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "SwarmPilot Mesh: " + title)
        .put("version", version)
        .put(
            "description",
            "Every operation is also a gRPC method on the same port. Requests may leave out what is"
                + " not required; answers always have every key.");
    document.putArray("servers").addObject().put("url", "/");
    tags(document.putArray("tags"), rules);
    ObjectNode paths = document.putObject("paths");
    grouped(rules)
        .forEach((place, same) -> {
          Rule first = same.getFirst();
          ObjectNode path = paths.withObjectProperty(first.path().text());
          path.set(Ascii.toLowerCase(first.verb().name()), operations.of(same));
        });
    ObjectNode components = document.putObject("components");
    components.set("responses", Refusals.responses());
    ObjectNode all = components.putObject("schemas");
    all.setAll(schemas.components());
    all.setAll(Refusals.schemas());
    return document;
  }

  private void tags(ArrayNode tags, List<Rule> rules) {
    Set<ServiceDescriptor> services = new LinkedHashSet<>();
    rules.forEach(rule -> services.add(rule.method().getService()));
    for (ServiceDescriptor service : services) {
      tags.addObject()
          .put("name", service.getName())
          .put("description", comments.of(service.getFullName()));
    }
  }

  /// The operations by verb and path; more than one where services share a path.
  private static Map<String, List<Rule>> grouped(List<Rule> rules) {
    Map<String, List<Rule>> grouped = new LinkedHashMap<>();
    for (Rule rule : rules) {
      grouped
          .computeIfAbsent(rule.verb() + " " + rule.path().text(), place -> new ArrayList<>())
          .add(rule);
    }
    return grouped;
  }
}
