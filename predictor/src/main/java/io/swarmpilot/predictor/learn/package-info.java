/// Learns how execution time depends on a task's features: quantile models from samples. Pure: no
/// clock, no threads, no I/O.
@NullMarked
package io.swarmpilot.predictor.learn;

import org.jspecify.annotations.NullMarked;
