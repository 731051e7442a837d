/// Tests of whole benchmarks.
@NullMarked
package io.swarmpilot.benchmark.orchestrate;

import org.jspecify.annotations.NullMarked;
