/// What load a generator puts on a server: when requests start, for how long, and what ends a run
/// early. Pure: schedules are computed ahead of time from a seed; `load.drive` keeps to them.
@NullMarked
package io.swarmpilot.benchmark.load;

import org.jspecify.annotations.NullMarked;
