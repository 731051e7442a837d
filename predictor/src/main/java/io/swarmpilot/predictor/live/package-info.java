/// What recent executions say, per model, hardware, software and size.
@NullMarked
package io.swarmpilot.predictor.live;

import org.jspecify.annotations.NullMarked;
