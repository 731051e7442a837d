/// The replicas of an experiment, and what goes wrong with them.
@NullMarked
package io.swarmpilot.benchmark.simulate.fleet;

import org.jspecify.annotations.NullMarked;
