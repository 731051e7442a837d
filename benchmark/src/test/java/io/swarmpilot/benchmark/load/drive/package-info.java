/// Tests of runs.
@NullMarked
package io.swarmpilot.benchmark.load.drive;

import org.jspecify.annotations.NullMarked;
