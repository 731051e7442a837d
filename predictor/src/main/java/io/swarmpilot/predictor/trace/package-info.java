/// Traces and metadata as JSON: what they say of a task.
@NullMarked
package io.swarmpilot.predictor.trace;

import org.jspecify.annotations.NullMarked;
