/// Tests of files of prompts.
@NullMarked
package io.swarmpilot.benchmark.prompts.read;

import org.jspecify.annotations.NullMarked;
