/// Learns from executions while they are reported: slowdown of instances, calibration, drift, and
/// when and from what models are trained anew.
@NullMarked
package io.swarmpilot.predictor.adapt;

import org.jspecify.annotations.NullMarked;
