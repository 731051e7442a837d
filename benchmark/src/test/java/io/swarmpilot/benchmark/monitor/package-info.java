/// What a monitor writes and pushes.
@NullMarked
package io.swarmpilot.benchmark.monitor;

import org.jspecify.annotations.NullMarked;
