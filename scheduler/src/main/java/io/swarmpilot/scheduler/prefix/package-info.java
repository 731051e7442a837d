/// Which parts of prompts instances have seen lately: pure values and arithmetic.
@NullMarked
package io.swarmpilot.scheduler.prefix;

import org.jspecify.annotations.NullMarked;
