package io.swarmpilot.benchmark.simulate.mesh;

import io.swarmpilot.benchmark.simulate.fleet.Faults;
import io.swarmpilot.benchmark.simulate.fleet.Fleet;
import io.swarmpilot.scheduler.policy.PolicySettings;

/// What tasks meet.
///
/// @param fleet the replicas
/// @param faults what goes wrong
/// @param promise what is promised of each task
/// @param policies settings of the policies
public record Conditions(Fleet fleet, Faults faults, Promise promise, PolicySettings policies) {}
