/// Tests of prompts.
@NullMarked
package io.swarmpilot.benchmark.prompts;

import org.jspecify.annotations.NullMarked;
