/// The placement service: registers task instances, takes tasks, places and tracks them.
@NullMarked
package io.swarmpilot.scheduler;

import org.jspecify.annotations.NullMarked;
