/// What became of the tasks of an experiment, in figures.
@NullMarked
package io.swarmpilot.benchmark.simulate.measure;

import org.jspecify.annotations.NullMarked;
