/// Asks the predictor how long tasks will execute, and tells it how long they did.
@NullMarked
package io.swarmpilot.scheduler.predict;

import org.jspecify.annotations.NullMarked;
