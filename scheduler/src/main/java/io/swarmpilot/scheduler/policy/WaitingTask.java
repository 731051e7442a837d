package io.swarmpilot.scheduler.policy;

/// What a policy may order waiting tasks by.
///
/// @param model model that must run the task
/// @param arrival position in the order of submission, growing
public record WaitingTask(String model, long arrival) {}
