package io.swarmpilot.gateway;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import io.swarmpilot.gateway.rest.PathService;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which service answers which verb on which path of one port.
final class RouteTable {
  private final Map<String, Map<HttpMethod, HttpService>> paths = new LinkedHashMap<>();

  /// Adds a binding.
  ///
  /// @throws IllegalStateException when the verb and path are taken: a mistake in the contracts
  ///   that must not wait for a request to be found
  void bind(HttpMethod verb, String path, HttpService service) {
    Map<HttpMethod, HttpService> verbs =
        paths.computeIfAbsent(path, p -> new EnumMap<>(HttpMethod.class));
    if (verbs.putIfAbsent(verb, service) != null) {
      throw new IllegalStateException(verb + " " + path + " is bound twice on one port");
    }
  }

  /// Every binding, `GET /path`, in the order of binding.
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    paths.forEach((path, verbs) -> verbs.keySet().forEach(verb -> lines.add(verb + " " + path)));
    return List.copyOf(lines);
  }

  /// Puts every path on a server, with and without a slash at its end.
  void install(ServerBuilder server) {
    paths.forEach((path, verbs) -> {
      PathService service = new PathService(verbs);
      server.service(path, service);
      if (!path.endsWith("/")) {
        server.service(path + "/", service);
      }
    });
  }
}
