/// Proves that the simulator itself is right.
@NullMarked
package io.swarmpilot.benchmark.simulate;

import org.jspecify.annotations.NullMarked;
