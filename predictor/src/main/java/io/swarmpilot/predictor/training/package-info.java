/// Training on request: reads what to learn from, learns one model at a time beside everything else
/// that the predictor does, and puts it in force.
@NullMarked
package io.swarmpilot.predictor.training;

import org.jspecify.annotations.NullMarked;
