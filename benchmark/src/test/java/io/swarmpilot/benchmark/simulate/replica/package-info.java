/// Proves replicas against lives worked out by hand.
@NullMarked
package io.swarmpilot.benchmark.simulate.replica;

import org.jspecify.annotations.NullMarked;
