/// A scheduler, its predictor and its instances as tests script them.
@NullMarked
package io.swarmpilot.scheduler.testing;

import org.jspecify.annotations.NullMarked;
