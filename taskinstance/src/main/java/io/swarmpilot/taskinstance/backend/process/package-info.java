/// Engines that the instance starts itself: one server process per replica, watched, started again
/// when it ends, and stopped with everything it started.
@NullMarked
package io.swarmpilot.taskinstance.backend.process;

import org.jspecify.annotations.NullMarked;
