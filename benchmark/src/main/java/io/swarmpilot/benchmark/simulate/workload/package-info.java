/// Tasks made of a trace: which requests, when, and how far each is off what was measured.
@NullMarked
package io.swarmpilot.benchmark.simulate.workload;

import org.jspecify.annotations.NullMarked;
