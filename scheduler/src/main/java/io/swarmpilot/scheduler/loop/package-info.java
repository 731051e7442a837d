/// The one thread that owns all scheduling state, and how commands reach it.
@NullMarked
package io.swarmpilot.scheduler.loop;

import org.jspecify.annotations.NullMarked;
