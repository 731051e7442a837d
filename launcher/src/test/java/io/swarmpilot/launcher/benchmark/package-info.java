/// Tests of `swarmpilot benchmark`.
@NullMarked
package io.swarmpilot.launcher.benchmark;

import org.jspecify.annotations.NullMarked;
