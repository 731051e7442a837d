/// Commands of the benchmark toolkit.
@NullMarked
package io.swarmpilot.launcher.toolkit;

import org.jspecify.annotations.NullMarked;
