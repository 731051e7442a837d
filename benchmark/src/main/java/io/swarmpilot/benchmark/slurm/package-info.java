/// A benchmark as a Slurm job.
@NullMarked
package io.swarmpilot.benchmark.slurm;

import org.jspecify.annotations.NullMarked;
