/// Which source answers a prediction, and in which order they are asked.
@NullMarked
package io.swarmpilot.predictor.predict;

import org.jspecify.annotations.NullMarked;
