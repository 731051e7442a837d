/// Carries tasks to instances and their fate back, one link each.
@NullMarked
package io.swarmpilot.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;
