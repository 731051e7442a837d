/// How long a new task would wait at an instance: pure arithmetic on distributions.
@NullMarked
package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.NullMarked;
