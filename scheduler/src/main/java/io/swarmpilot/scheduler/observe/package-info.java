/// Follows what the scheduler decides, on a thread of its own: for shadows and for recordings. What
/// it cannot follow is lost and counted; decisions never wait for it.
@NullMarked
package io.swarmpilot.scheduler.observe;

import org.jspecify.annotations.NullMarked;
