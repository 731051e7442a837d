/// The stream over which the scheduler gives work and learns its fate.
@NullMarked
package io.swarmpilot.taskinstance.dispatch;

import org.jspecify.annotations.NullMarked;
