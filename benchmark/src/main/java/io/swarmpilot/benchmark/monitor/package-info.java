/// What a machine does while it is measured: CPU, memory and GPUs, sampled into CSV and pushed to a
/// Prometheus Pushgateway.
@NullMarked
package io.swarmpilot.benchmark.monitor;

import org.jspecify.annotations.NullMarked;
