/// Traces and metadata, one or a file of them: what they say of tasks, and of how those were
/// executed.
@NullMarked
package io.swarmpilot.predictor.trace;

import org.jspecify.annotations.NullMarked;
