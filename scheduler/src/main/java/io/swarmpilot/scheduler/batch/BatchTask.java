package io.swarmpilot.scheduler.batch;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.scheduler.forecast.ExecutionTime;
import io.swarmpilot.scheduler.policy.Priority;
import io.swarmpilot.scheduler.policy.WaitingTask;

/// A request as policies see it, with its place in the order.
final class BatchTask implements WaitingTask {
  final RequestMetadata request;
  final BatchPool pool;
  private final double arrivalMs;
  private final ExecutionTime executionTime;
  private long sequence;

  /// Key in the policy's order.
  double order;

  /// Class in the policy's order.
  int orderClass;

  /// Band in the policy's order.
  int band;

  /// Whether it has stepped back.
  boolean demoted;

  /// Canonical name of the policy that made the last choice for it.
  String chooser = "";

  /// What went wrong when the policy was asked about it; empty when nothing did.
  String failure = "";

  BatchTask(RequestMetadata request, BatchPool pool, double nowMs) {
    this.request = request;
    this.pool = pool;
    this.arrivalMs = Double.isNaN(request.arrivalMs()) ? nowMs : request.arrivalMs();
    this.executionTime =
        Double.isNaN(request.expectedMs())
            ? pool.usualTime()
            : ExecutionTime.of(request.expectedMs(), request.errorMs());
  }

  void sequence(long position) {
    sequence = position;
  }

  /// Whether its execution time was told, the same for every instance.
  boolean tellsTime() {
    return !Double.isNaN(request.expectedMs());
  }

  @Override
  public String taskId() {
    return request.requestId();
  }

  @Override
  public long sequence() {
    return sequence;
  }

  @Override
  public double arrivalMs() {
    return arrivalMs;
  }

  @Override
  public Priority priority() {
    return request.priority();
  }

  @Override
  public double sloMs() {
    return request.sloDeadlineMs() > 0 ? request.sloDeadlineMs() : Double.NaN;
  }

  @Override
  public double costBudget() {
    return request.costBudget() > 0 ? request.costBudget() : Double.POSITIVE_INFINITY;
  }

  @Override
  public int maxTokens() {
    return request.maxTokens();
  }

  @Override
  public int inputTokens() {
    return 0;
  }

  @Override
  public boolean sheddable() {
    return false;
  }

  @Override
  public ExecutionTime executionTime() {
    return executionTime;
  }

  @Override
  public ImmutableLongArray prefix() {
    return ImmutableLongArray.of();
  }
}
