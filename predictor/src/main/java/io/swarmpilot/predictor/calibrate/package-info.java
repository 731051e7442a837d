/// Keeps stated probabilities true: learns from every execution how far quantiles are off, notices
/// drifts, and judges predictions. Pure: no clock, no threads, no I/O.
@NullMarked
package io.swarmpilot.predictor.calibrate;

import org.jspecify.annotations.NullMarked;
