/// The `swarmpilot` command line. No logic of its own: it starts services and calls clients.
@NullMarked
package io.swarmpilot.launcher;

import org.jspecify.annotations.NullMarked;
