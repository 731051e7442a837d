/// `swarmpilot benchmark`: load on servers from this process, and a server whose truth is known.
@NullMarked
package io.swarmpilot.launcher.benchmark;

import org.jspecify.annotations.NullMarked;
