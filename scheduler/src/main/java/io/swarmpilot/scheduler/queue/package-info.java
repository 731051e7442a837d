/// The central queue of a model: whose turn it is. Pure data structures, used by one thread.
@NullMarked
package io.swarmpilot.scheduler.queue;

import org.jspecify.annotations.NullMarked;
