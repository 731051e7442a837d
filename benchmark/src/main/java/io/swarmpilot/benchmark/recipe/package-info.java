/// What a benchmark recipe says: the model of it, its rules, and the runs that follow from it.
@NullMarked
package io.swarmpilot.benchmark.recipe;

import org.jspecify.annotations.NullMarked;
