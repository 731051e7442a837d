package io.swarmpilot.scheduler.payload;

import io.swarmpilot.scheduler.core.TaskTraits;

/// What a task tells of itself.
///
/// @param features what tells how long it will execute
/// @param traits how it wants to be treated
public record TaskDescription(Features features, TaskTraits traits) {}
