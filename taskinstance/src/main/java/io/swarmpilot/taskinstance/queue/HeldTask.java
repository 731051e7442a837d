package io.swarmpilot.taskinstance.queue;

/// A task of the scheduler's that waits or runs.
///
/// @param running whether it executes already
public record HeldTask(String taskId, int attempt, boolean running) {}
