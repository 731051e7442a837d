/// How long a queue will take, from what is known of each task. Pure arithmetic.
@NullMarked
package io.swarmpilot.taskinstance.forecast;

import org.jspecify.annotations.NullMarked;
