package io.swarmpilot.benchmark.controller;

import io.swarmpilot.benchmark.http.Reply;

/// Why a client node did not do what it was asked to.
///
/// @param node its name
/// @param network whether it could not be reached at all
/// @param timedOut whether it took too long
/// @param text what happened, a phrase
public record NodeProblem(String node, boolean network, boolean timedOut, String text) {
  static NodeProblem of(String node, Reply reply) {
    return switch (reply) {
      case Reply.Answered answered -> new NodeProblem(node, false, false, answered.problem());
      case Reply.Failed failed ->
          new NodeProblem(node, !failed.timedOut(), failed.timedOut(), failed.why());
    };
  }

  @Override
  public String toString() {
    return node + " " + text;
  }
}
