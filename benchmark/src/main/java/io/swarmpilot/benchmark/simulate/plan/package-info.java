/// Finds out how many replicas a promise needs, or how much load a fleet can promise for.
@NullMarked
package io.swarmpilot.benchmark.simulate.plan;

import org.jspecify.annotations.NullMarked;
