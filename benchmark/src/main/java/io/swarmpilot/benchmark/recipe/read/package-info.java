/// Reads recipes from files and checks their form against the schema.
@NullMarked
package io.swarmpilot.benchmark.recipe.read;

import org.jspecify.annotations.NullMarked;
