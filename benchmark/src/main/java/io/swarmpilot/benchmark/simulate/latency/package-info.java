/// How long measured hardware takes to read a prompt and to generate a token.
@NullMarked
package io.swarmpilot.benchmark.simulate.latency;

import org.jspecify.annotations.NullMarked;
