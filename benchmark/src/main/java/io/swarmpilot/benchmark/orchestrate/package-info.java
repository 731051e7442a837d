/// Conducts a whole benchmark: servers, executors, runs, results.
@NullMarked
package io.swarmpilot.benchmark.orchestrate;

import org.jspecify.annotations.NullMarked;
