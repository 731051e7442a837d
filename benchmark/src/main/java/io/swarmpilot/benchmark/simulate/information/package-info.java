/// What the scheduler is told of a task's execution time before it runs.
@NullMarked
package io.swarmpilot.benchmark.simulate.information;

import org.jspecify.annotations.NullMarked;
