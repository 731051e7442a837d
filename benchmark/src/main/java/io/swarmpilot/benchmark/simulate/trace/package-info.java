/// Traces of requests: when each arrived, how long its input and its answer were.
@NullMarked
package io.swarmpilot.benchmark.simulate.trace;

import org.jspecify.annotations.NullMarked;
