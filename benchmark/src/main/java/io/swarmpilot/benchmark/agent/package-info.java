/// Sees the load and the logs of nodes that the orchestrator of a benchmark does not run on.
@NullMarked
package io.swarmpilot.benchmark.agent;

import org.jspecify.annotations.NullMarked;
