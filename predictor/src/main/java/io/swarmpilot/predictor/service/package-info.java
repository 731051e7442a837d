/// The predictor over gRPC: checks requests, asks the engine, writes answers.
@NullMarked
package io.swarmpilot.predictor.service;

import org.jspecify.annotations.NullMarked;
