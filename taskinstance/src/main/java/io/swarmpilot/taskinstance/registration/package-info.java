/// Making the scheduler know the instance.
@NullMarked
package io.swarmpilot.taskinstance.registration;

import org.jspecify.annotations.NullMarked;
