/// What a prediction is: distributions, and what they are for. Pure values.
@NullMarked
package io.swarmpilot.predictor.model;

import org.jspecify.annotations.NullMarked;
