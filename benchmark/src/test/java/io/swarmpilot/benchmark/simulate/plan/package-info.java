/// Proves plans against what is known in closed form.
@NullMarked
package io.swarmpilot.benchmark.simulate.plan;

import org.jspecify.annotations.NullMarked;
