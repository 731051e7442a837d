/// Trained models by what they are for: which is in force, and their versions on disk.
@NullMarked
package io.swarmpilot.predictor.store;

import org.jspecify.annotations.NullMarked;
