/// What survives the loss of real processes, shown on the packaged layout.
@NullMarked
package io.swarmpilot.launcher.fault;

import org.jspecify.annotations.NullMarked;
