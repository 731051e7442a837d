/// The task instance: runs replicas of one model behind one bounded queue, for a scheduler and for
/// direct callers.
@NullMarked
package io.swarmpilot.taskinstance;

import org.jspecify.annotations.NullMarked;
