/// What policies are compared with: bounds, and schedulers of others. None is production code.
@NullMarked
package io.swarmpilot.benchmark.simulate.reference;

import org.jspecify.annotations.NullMarked;
