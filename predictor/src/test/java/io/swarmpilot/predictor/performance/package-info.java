/// Measures what predictions and training cost; `docs/performance.md` says how to run it and how to
/// read it.
@NullMarked
package io.swarmpilot.predictor.performance;

import org.jspecify.annotations.NullMarked;
