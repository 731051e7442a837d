/// The production scheduler's core and policies at work on simulated replicas.
@NullMarked
package io.swarmpilot.benchmark.simulate.mesh;

import org.jspecify.annotations.NullMarked;
