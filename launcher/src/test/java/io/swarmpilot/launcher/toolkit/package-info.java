/// Tests of the benchmark toolkit's commands.
@NullMarked
package io.swarmpilot.launcher.toolkit;

import org.jspecify.annotations.NullMarked;
