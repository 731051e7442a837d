/// The prediction service: how long a task will execute, and how sure that is.
@NullMarked
package io.swarmpilot.predictor;

import org.jspecify.annotations.NullMarked;
