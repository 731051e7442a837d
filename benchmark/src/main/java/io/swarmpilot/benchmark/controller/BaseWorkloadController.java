package io.swarmpilot.benchmark.controller;

import com.fasterxml.jackson.databind.JsonNode;
import io.swarmpilot.benchmark.http.Parallel;
import io.swarmpilot.benchmark.http.Reply;
import io.swarmpilot.benchmark.measure.Measurement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Drives the executors of all client nodes together, each by its documented REST paths. All nodes
/// are asked at the same time.
///
/// A node is a host name, or `host:port` where its executor has another port than the others.
public abstract class BaseWorkloadController {
  /// Time for an operation where none is given, seconds.
  public static final int DEFAULT_TIMEOUT_SECONDS = 600;

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  private final List<ClientNode> nodes;
  private final Duration timeout;
  private volatile Consumer<NodeProblem> listener = problem -> {};

  /// A controller of nodes.
  ///
  /// @param port of their executors
  /// @param timeoutSeconds longest time of an operation
  /// @throws IllegalArgumentException when a node is no host name, or there is none
  protected BaseWorkloadController(List<String> clientNodes, int port, int timeoutSeconds) {
    if (clientNodes.isEmpty()) {
      throw new IllegalArgumentException("there are no client nodes");
    }
    nodes = clientNodes.stream().map(name -> new ClientNode(name, port)).toList();
    timeout = Duration.ofSeconds(timeoutSeconds);
  }

  /// A controller of nodes whose operations may take 600 s.
  protected BaseWorkloadController(List<String> clientNodes, int port) {
    this(clientNodes, port, DEFAULT_TIMEOUT_SECONDS);
  }

  /// Name of the service that the executors drive.
  public abstract String getServiceName();

  /// Who is told why a node did not do what it was asked to; called from several threads.
  public final void onProblem(Consumer<NodeProblem> listener) {
    this.listener = listener;
  }

  /// Whether all executors are there, waiting for them as long as an operation may take.
  public boolean verifyClientHealth() {
    long deadline = System.nanoTime() + timeout.toNanos();
    return Parallel.map(nodes, node -> healthyBefore(node, deadline)).stream()
        .allMatch(Boolean::booleanValue);
  }

  /// Starts a workload on all nodes, or on none: what started before one refused is stopped again.
  public boolean startWorkload(Map<String, ? extends @Nullable Object> workloadConfig) {
    return startWorkload(Collections.nCopies(nodes.size(), workloadConfig));
  }

  /// Starts a workload of its own on each node, in their order, or none.
  public boolean startWorkload(List<? extends Map<String, ? extends @Nullable Object>> workloads) {
    if (workloads.size() != nodes.size()) {
      throw new IllegalArgumentException(
          workloads.size() + " workloads for " + nodes.size() + " nodes");
    }
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      indices.add(i);
    }
    List<Reply> replies = Parallel.map(indices, i -> nodes.get(i).start(workloads.get(i), timeout));
    List<ClientNode> begun = new ArrayList<>();
    for (int i = 0; i < replies.size(); i++) {
      if (ClientNode.accepted(replies.get(i))) {
        begun.add(nodes.get(i));
      } else {
        listener.accept(NodeProblem.of(nodes.get(i).name(), replies.get(i)));
      }
    }
    boolean all = begun.size() == nodes.size();
    if (!all) {
      stop(withUnsure(begun, replies));
    }
    return all;
  }

  /// What all executors measured, those of lost nodes left out and named.
  public ClusterMetrics getMetrics() {
    return new ClusterMetrics(Parallel.map(nodes, BaseWorkloadController::metrics));
  }

  /// Stops the workload everywhere; answers once nothing of it runs. False when a node did not
  /// answer.
  public boolean stopWorkload() {
    return stop(nodes);
  }

  /// Nodes that did not answer may have started all the same.
  private List<ClientNode> withUnsure(List<ClientNode> begun, List<Reply> replies) {
    List<ClientNode> stopping = new ArrayList<>(begun);
    for (int i = 0; i < replies.size(); i++) {
      if (replies.get(i) instanceof Reply.Failed failed && failed.timedOut()) {
        stopping.add(nodes.get(i));
      }
    }
    return stopping;
  }

  private boolean stop(List<ClientNode> which) {
    Duration patience = timeout.compareTo(LONGEST_STOP) < 0 ? timeout : LONGEST_STOP;
    List<Reply> replies = Parallel.map(which, node -> node.stop(patience));
    boolean all = true;
    for (int i = 0; i < replies.size(); i++) {
      if (!ClientNode.accepted(replies.get(i))) {
        listener.accept(NodeProblem.of(which.get(i).name(), replies.get(i)));
        all = false;
      }
    }
    return all;
  }

  private boolean healthyBefore(ClientNode node, long deadline) {
    while (true) {
      Reply reply = node.health();
      if (reply instanceof Reply.Answered answered && answered.isOk()) {
        return true;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || !pause(Math.min(left, BETWEEN_ATTEMPTS.toNanos()))) {
        listener.accept(NodeProblem.of(node.name(), reply));
        return false;
      }
    }
  }

  private static NodeMetrics metrics(ClientNode node) {
    Reply reply = node.metrics();
    if (!(reply instanceof Reply.Answered answered) || !answered.isOk()) {
      return new NodeMetrics(
          node.name(),
          ClientNode.tree(""),
          Optional.empty(),
          Optional.of(NodeProblem.of(node.name(), reply)));
    }
    JsonNode body = ClientNode.tree(answered.body());
    Optional<Measurement> measured =
        node.histograms() instanceof Reply.Answered told && told.isOk()
            ? MeasurementReader.read(ClientNode.tree(told.body()))
            : Optional.empty();
    return new NodeMetrics(node.name(), body, measured, Optional.empty());
  }

  private static boolean pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
