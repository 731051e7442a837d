/// No line of a log is lost.
@NullMarked
package io.swarmpilot.benchmark.logs;

import org.jspecify.annotations.NullMarked;
