/// The server side of the command line: the whole mesh in one process, or one service.
@NullMarked
package io.swarmpilot.launcher.serve;

import org.jspecify.annotations.NullMarked;
