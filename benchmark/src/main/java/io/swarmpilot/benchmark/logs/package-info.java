/// The logs of all nodes of a benchmark, gathered while it runs (seed "Log Collectors"): no line is
/// lost, none is cut in half.
@NullMarked
package io.swarmpilot.benchmark.logs;

import org.jspecify.annotations.NullMarked;
