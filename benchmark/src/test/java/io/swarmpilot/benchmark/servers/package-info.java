/// Tests of server managers against scripted servers.
@NullMarked
package io.swarmpilot.benchmark.servers;

import org.jspecify.annotations.NullMarked;
