/// Tests of protocols.
@NullMarked
package io.swarmpilot.benchmark.protocol;

import org.jspecify.annotations.NullMarked;
