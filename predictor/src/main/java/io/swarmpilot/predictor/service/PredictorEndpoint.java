package io.swarmpilot.predictor.service;

import io.swarmpilot.proto.predictor.v1.PredictorServiceGrpc;

/// The predictor's gRPC methods.
public final class PredictorEndpoint extends PredictorServiceGrpc.PredictorServiceImplBase {}
