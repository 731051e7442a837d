/// Tests of what recipes mean.
@NullMarked
package io.swarmpilot.benchmark.recipe;

import org.jspecify.annotations.NullMarked;
