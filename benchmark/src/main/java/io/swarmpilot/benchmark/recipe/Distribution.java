package io.swarmpilot.benchmark.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Which client asks which server.
///
/// @param strategy how they are matched
/// @param mapping servers by client, for [Strategy#STATIC]: a client's name, or its position from 0
public record Distribution(Strategy strategy, Map<String, List<String>> mapping) {
  /// How clients and servers are matched.
  public enum Strategy {
    /// Client i asks server i, counted round.
    ROUND_ROBIN,
    /// Each client asks one server, drawn with the recipe's seed.
    RANDOM,
    /// Each client asks every server in turn.
    ALL_TO_ALL,
    /// As the recipe says.
    STATIC
  }

  static Distribution of(Tree clients) {
    Map<String, List<String>> mapping = new LinkedHashMap<>();
    for (Object item : clients.list("target_mapping")) {
      Tree entry = Tree.of(item).orElse(Tree.EMPTY);
      mapping.put(
          entry.at("client_group").map(Object::toString).orElse(""),
          entry.list("server_endpoints").stream().map(Object::toString).toList());
    }
    Strategy strategy =
        switch (clients.text("distribution_strategy").orElse("round-robin")) {
          case "random" -> Strategy.RANDOM;
          case "all-to-all" -> Strategy.ALL_TO_ALL;
          case "static" -> Strategy.STATIC;
          default -> Strategy.ROUND_ROBIN;
        };
    return new Distribution(strategy, mapping);
  }

  /// The servers of each client, in the order of the clients; each has at least one.
  ///
  /// @throws InvalidSettingsException when the recipe's own mapping leaves a client without servers
  public List<List<String>> assign(
      List<String> clients, List<String> servers, RandomGenerator random) {
    List<List<String>> assigned = new ArrayList<>();
    for (int client = 0; client < clients.size(); client++) {
      assigned.add(
          switch (strategy) {
            case ROUND_ROBIN -> List.of(servers.get(client % servers.size()));
            case RANDOM -> List.of(servers.get(random.nextInt(servers.size())));
            case ALL_TO_ALL -> rotated(servers, client);
            case STATIC -> mapped(clients.get(client), client);
          });
    }
    return List.copyOf(assigned);
  }

  /// Every server, each client beginning with another one.
  private static List<String> rotated(List<String> servers, int first) {
    List<String> turn = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      turn.add(servers.get((first + i) % servers.size()));
    }
    return List.copyOf(turn);
  }

  private List<String> mapped(String client, int position) {
    return Optional.ofNullable(mapping.get(client))
        .or(() -> Optional.ofNullable(mapping.get(Integer.toString(position))))
        .orElseThrow(() ->
            new InvalidSettingsException(
                List.of(
                    Issue.error(
                        "orchestration.node_allocation.clients.target_mapping",
                        "has no client_group '" + client + "' or '" + position + "'"))));
  }
}
