/// Reads traces and tables of latencies from files.
@NullMarked
package io.swarmpilot.benchmark.simulate.read;

import org.jspecify.annotations.NullMarked;
