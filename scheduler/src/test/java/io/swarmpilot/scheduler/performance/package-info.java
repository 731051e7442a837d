/// Measures what decisions cost; `docs/performance.md` says how to run it and how to read it.
@NullMarked
package io.swarmpilot.scheduler.performance;

import org.jspecify.annotations.NullMarked;
