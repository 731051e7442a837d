package io.swarmpilot.scheduler.service;

import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Command;
import io.swarmpilot.scheduler.dispatch.Links;
import io.swarmpilot.scheduler.output.OutputRelay;
import io.swarmpilot.scheduler.policy.PolicyRegistry;
import io.swarmpilot.scheduler.predict.Predictions;
import io.swarmpilot.scheduler.registry.Registrar;
import io.swarmpilot.scheduler.view.SchedulerView;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// What the service calls on.
///
/// @param view what readers see
/// @param loop takes a command, or says that it cannot
/// @param predictions execution times
/// @param registrar registers instances
/// @param links links to instances
/// @param outputs partial output of tasks
/// @param policies strategies that can be chosen
/// @param strategyLocked whether a task cannot choose its own strategy
/// @param clock the time
/// @param draining whether the scheduler shuts down
/// @param durability what survives a restart
/// @param maxWatched most tasks whose state may wait for one reader
/// @param outbound sends to readers
/// @param blocking runs what takes long, each on a thread of its own
public record EndpointParts(
    SchedulerView view,
    Predicate<Command> loop,
    Predictions predictions,
    Registrar registrar,
    Links links,
    OutputRelay outputs,
    PolicyRegistry policies,
    boolean strategyLocked,
    MeshClock clock,
    BooleanSupplier draining,
    String durability,
    int maxWatched,
    Executor outbound,
    Executor blocking) {}
