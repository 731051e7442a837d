package io.swarmpilot.scheduler.service;

import io.swarmpilot.proto.scheduler.v1.SchedulerServiceGrpc.SchedulerServiceImplBase;

/// The scheduler's gRPC service.
public final class SchedulerEndpoint extends SchedulerServiceImplBase {}
