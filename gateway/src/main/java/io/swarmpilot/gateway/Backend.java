package io.swarmpilot.gateway;

import io.grpc.Channel;
import io.grpc.ServiceDescriptor;
import io.swarmpilot.proto.benchmark.v1.WorkloadExecutorServiceGrpc;
import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.ShadowServiceGrpc;
import io.swarmpilot.proto.scheduler.v1.StatisticsServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.DispatchServiceGrpc;
import io.swarmpilot.proto.taskinstance.v1.TaskInstanceServiceGrpc;
import java.util.List;

/// One service behind the gateway.
///
/// @param role what it is
/// @param channel how it is reached; belongs to whoever gave it
record Backend(Role role, Channel channel) {
  /// What a service can be.
  enum Role {
    SCHEDULER("scheduler"),
    PREDICTOR("predictor"),
    TASK_INSTANCE("task-instance"),
    EXECUTOR("executor");

    private final String title;

    Role(String title) {
      this.title = title;
    }

    /// Its name for people and in `x-service`.
    String title() {
      return title;
    }

    /// The gRPC services it serves.
    List<ServiceDescriptor> services() {
      return switch (this) {
        case SCHEDULER ->
            List.of(
                SchedulerServiceGrpc.getServiceDescriptor(),
                ShadowServiceGrpc.getServiceDescriptor(),
                StatisticsServiceGrpc.getServiceDescriptor());
        case PREDICTOR -> List.of(PredictorServiceGrpc.getServiceDescriptor());
        case TASK_INSTANCE ->
            List.of(
                TaskInstanceServiceGrpc.getServiceDescriptor(),
                DispatchServiceGrpc.getServiceDescriptor());
        case EXECUTOR -> List.of(WorkloadExecutorServiceGrpc.getServiceDescriptor());
      };
    }
  }
}
