/// Jobs, run with a Slurm that only notes what it is asked for.
@NullMarked
package io.swarmpilot.benchmark.slurm;

import org.jspecify.annotations.NullMarked;
