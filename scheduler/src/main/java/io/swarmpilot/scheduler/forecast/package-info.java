/// How long tasks execute and wait, at an instance and in a central queue, and how likely they are
/// late: pure arithmetic on distributions.
@NullMarked
package io.swarmpilot.scheduler.forecast;

import org.jspecify.annotations.NullMarked;
