/// What tasks carry: opaque JSON that passes through unchanged, and the features read from it.
@NullMarked
package io.swarmpilot.scheduler.payload;

import org.jspecify.annotations.NullMarked;
