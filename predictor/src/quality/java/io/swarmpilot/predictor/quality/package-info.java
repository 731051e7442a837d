/// Measures how good predictions are, beside those of the libraries that others use. A command, not
/// a test; docs/performance.md tells how to run it.
@NullMarked
package io.swarmpilot.predictor.quality;

import org.jspecify.annotations.NullMarked;
