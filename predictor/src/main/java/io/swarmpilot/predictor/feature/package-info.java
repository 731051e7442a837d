/// What is known of a task, as numbers. Pure values.
@NullMarked
package io.swarmpilot.predictor.feature;

import org.jspecify.annotations.NullMarked;
