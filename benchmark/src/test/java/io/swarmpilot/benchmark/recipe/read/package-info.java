/// Tests of reading and checking recipes.
@NullMarked
package io.swarmpilot.benchmark.recipe.read;

import org.jspecify.annotations.NullMarked;
