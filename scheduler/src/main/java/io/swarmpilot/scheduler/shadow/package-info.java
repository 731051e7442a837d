/// Policies tried out beside the one in force: each decides about the live stream of tasks in a
/// virtual mesh of its own, in virtual time, and is compared with what really happened. Pure: fed
/// with events, used by one thread.
@NullMarked
package io.swarmpilot.scheduler.shadow;

import org.jspecify.annotations.NullMarked;
