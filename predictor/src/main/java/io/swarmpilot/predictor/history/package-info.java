/// The last executions of each model, hardware and software, on disk: what models are retrained
/// from. Bounded, and never in the way of a call.
@NullMarked
package io.swarmpilot.predictor.history;

import org.jspecify.annotations.NullMarked;
