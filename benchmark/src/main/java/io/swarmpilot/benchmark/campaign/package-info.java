/// Several runs of load one after the other, and what they found together.
@NullMarked
package io.swarmpilot.benchmark.campaign;

import org.jspecify.annotations.NullMarked;
