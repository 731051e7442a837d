/// The queue of one instance: which tasks wait, which run where, and what became of them.
@NullMarked
package io.swarmpilot.taskinstance.queue;

import org.jspecify.annotations.NullMarked;
