package io.swarmpilot.scheduler.core;

/// A task an instance holds, as it says when it connects.
///
/// @param taskId id of the task
/// @param attempt attempt it is
/// @param running whether it executes already
public record HeldTask(String taskId, int attempt, boolean running) {}
