package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.runtime.error.FieldViolation;
import io.swarmpilot.runtime.error.Violations;
import io.swarmpilot.runtime.json.JsonValues;
import io.swarmpilot.scheduler.batch.ExecutionInstance;
import io.swarmpilot.scheduler.batch.RequestMetadata;
import io.swarmpilot.scheduler.policy.Priority;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what a dry run is asked about, one request or instance after the other. What is wrong is
/// noted as a violation and replaced by what is not.
final class DryRunReader {
  private static final int MOST = 1_000;
  private static final int LONGEST_ID = 128;
  private static final double MS_PER_SECOND = 1_000;

  private final Violations violations;
  private final Set<String> ids = new HashSet<>();
  private String path = "";

  private DryRunReader(Violations violations) {
    this.violations = violations;
  }

  static List<RequestMetadata> requests(
      List<io.swarmpilot.proto.scheduler.v1.RequestMetadata> requests, Violations violations) {
    DryRunReader reader = new DryRunReader(violations);
    List<RequestMetadata> read = new ArrayList<>();
    for (int i = 0; i < reader.bounded("requests", requests.size()); i++) {
      reader.path = "requests[" + i + "].";
      read.add(reader.request(requests.get(i)));
    }
    return read;
  }

  static List<ExecutionInstance> instances(
      List<io.swarmpilot.proto.scheduler.v1.ExecutionInstance> instances, Violations violations) {
    DryRunReader reader = new DryRunReader(violations);
    List<ExecutionInstance> read = new ArrayList<>();
    for (int i = 0; i < reader.bounded("instances", instances.size()); i++) {
      reader.path = "instances[" + i + "].";
      read.add(reader.instance(instances.get(i)));
    }
    return read;
  }

  private RequestMetadata request(io.swarmpilot.proto.scheduler.v1.RequestMetadata request) {
    RequestMetadata.Builder read =
        RequestMetadata.builder(id("request_id", request.getRequestId()))
            .modelName(request.getModelName())
            .userId(request.getUserId())
            .priority(priority(request.getPriority()))
            .sloDeadlineMs(notNegative("slo_deadline_ms", request.getSloDeadlineMs()))
            .maxTokens((int) notNegative("max_tokens", request.getMaxTokens()))
            .costBudget(notNegative("cost_budget", request.getCostBudget()));
    if (request.hasArrivalTime()) {
      read.arrivalMs(MS_PER_SECOND * notNegative("arrival_time", request.getArrivalTime()));
    }
    if (request.hasExpectedMs()) {
      read.expected(
          notNegative("expected_ms", request.getExpectedMs()),
          notNegative("error_ms", request.getErrorMs()));
    }
    return read.build();
  }

  private ExecutionInstance instance(io.swarmpilot.proto.scheduler.v1.ExecutionInstance given) {
    int most =
        given.hasMaxConcurrentRequests()
            ? positive("max_concurrent_requests", true, given.getMaxConcurrentRequests(), 100)
            : positive(
                "max_concurrency", given.hasMaxConcurrency(), given.getMaxConcurrency(), 100);
    boolean refuses = given.hasCanAcceptRequest() && !given.getCanAcceptRequest();
    ExecutionInstance.Builder read =
        ExecutionInstance.builder(id("instance_id", given.getInstanceId()))
            .address(given.getHost(), given.getPort())
            .modelName(given.getModelName())
            .parallelism(
                positive(
                    "tensor_parallel_size",
                    given.hasTensorParallelSize(),
                    given.getTensorParallelSize(),
                    1),
                positive(
                    "pipeline_parallel_size",
                    given.hasPipelineParallelSize(),
                    given.getPipelineParallelSize(),
                    1))
            .gpuCount(positive("gpu_count", given.hasGpuCount(), given.getGpuCount(), 1))
            .available(!refuses && (!given.hasIsAvailable() || given.getIsAvailable()))
            .healthy(!given.hasIsHealthy() || given.getIsHealthy())
            .maxConcurrentRequests(most)
            .slots(positive("slots", given.hasSlots(), given.getSlots(), most))
            .avgLatencyMs(notNegative("avg_latency_ms", given.getAvgLatencyMs()))
            .throughputTokensPerSec(
                notNegative("throughput_tokens_per_sec", given.getThroughputTokensPerSec()))
            .waitingTime(
                notNegative("waiting_time_expect", given.getWaitingTimeExpect()),
                notNegative("waiting_time_error", given.getWaitingTimeError()));
    if (given.hasCurrentLoad()) {
      read.currentLoad(notNegative("current_load", given.getCurrentLoad()));
    }
    if (given.hasActiveRequests()) {
      read.activeRequests((int) notNegative("active_requests", given.getActiveRequests()));
    }
    return read.build();
  }

  private int bounded(String field, int size) {
    violations.require(size <= MOST, field, "must have at most " + MOST + " entries");
    return Math.min(size, MOST);
  }

  private String id(String field, String id) {
    violations.requireText(path + field, id, LONGEST_ID);
    violations.require(id.isEmpty() || ids.add(id), path + field, "'" + id + "' occurs twice");
    return id.isEmpty() ? path : id;
  }

  private Priority priority(JsonValue value) {
    if (!JsonValues.isPresent(value)) {
      return Priority.NORMAL;
    }
    Optional<Priority> priority = Tasks.priority(unquoted(value));
    if (priority.isEmpty()) {
      violations.add(FieldViolation.invalid(path + "priority", Tasks.PRIORITIES));
    }
    return priority.orElse(Priority.NORMAL);
  }

  private static String unquoted(JsonValue value) {
    return switch (value.getKindCase()) {
      case JSON -> value.getJson().strip().replaceAll("^\"|\"$", "");
      case VALUE ->
          value.getValue().hasNumberValue()
              ? Double.toString(value.getValue().getNumberValue())
              : value.getValue().getStringValue();
      case KIND_NOT_SET -> "";
    };
  }

  private double notNegative(String field, double value) {
    violations.requireAtLeast(path + field, value, 0);
    return value >= 0 && Double.isFinite(value) ? value : 0;
  }

  private int positive(String field, boolean given, int value, int otherwise) {
    violations.require(!given || value >= 1, path + field, "must be at least 1");
    return given && value >= 1 ? value : otherwise;
  }
}
