/// Which GPUs of the instance are whose. Pure: numbers in, numbers out.
@NullMarked
package io.swarmpilot.taskinstance.gpu;

import org.jspecify.annotations.NullMarked;
