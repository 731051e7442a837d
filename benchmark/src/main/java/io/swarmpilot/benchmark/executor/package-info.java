/// The workload executor: one workload at a time, driven and measured on a client node, over gRPC
/// and the documented REST paths.
@NullMarked
package io.swarmpilot.benchmark.executor;

import org.jspecify.annotations.NullMarked;
