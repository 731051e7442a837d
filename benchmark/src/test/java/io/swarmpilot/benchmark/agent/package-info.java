/// Another node, seen through its agent.
@NullMarked
package io.swarmpilot.benchmark.agent;

import org.jspecify.annotations.NullMarked;
