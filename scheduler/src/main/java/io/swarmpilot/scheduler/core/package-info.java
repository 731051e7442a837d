/// The pure state machine of the scheduler: commands in, events and effects out.
@NullMarked
package io.swarmpilot.scheduler.core;

import org.jspecify.annotations.NullMarked;
