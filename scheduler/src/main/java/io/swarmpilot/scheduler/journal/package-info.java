/// Where events become durable before their effects run.
@NullMarked
package io.swarmpilot.scheduler.journal;

import org.jspecify.annotations.NullMarked;
