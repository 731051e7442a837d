/// The client side of the command line: submit tasks, look at the mesh, steer it.
@NullMarked
package io.swarmpilot.launcher.client;

import org.jspecify.annotations.NullMarked;
