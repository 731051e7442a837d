/// Proves what is read, and what is said of files that cannot be.
@NullMarked
package io.swarmpilot.benchmark.simulate.read;

import org.jspecify.annotations.NullMarked;
