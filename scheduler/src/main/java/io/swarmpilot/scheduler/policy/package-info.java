/// Placement strategies: pure functions that choose an instance for a task.
@NullMarked
package io.swarmpilot.scheduler.policy;

import org.jspecify.annotations.NullMarked;
