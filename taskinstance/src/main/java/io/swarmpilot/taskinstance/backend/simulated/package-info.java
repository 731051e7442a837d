/// Executions that only take time, for plans, tests and measurements.
@NullMarked
package io.swarmpilot.taskinstance.backend.simulated;

import org.jspecify.annotations.NullMarked;
