/// Counts what the scheduler does.
@NullMarked
package io.swarmpilot.scheduler.statistics;

import org.jspecify.annotations.NullMarked;
