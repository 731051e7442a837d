/// Tests of schedules.
@NullMarked
package io.swarmpilot.benchmark.load;

import org.jspecify.annotations.NullMarked;
