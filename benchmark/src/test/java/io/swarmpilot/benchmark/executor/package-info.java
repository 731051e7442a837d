/// Tests of the workload executor over the wire.
@NullMarked
package io.swarmpilot.benchmark.executor;

import org.jspecify.annotations.NullMarked;
