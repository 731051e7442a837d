package io.swarmpilot.taskinstance.queue;

/// A task that was taken.
///
/// @param taskId id of the task
/// @param queueSize tasks pending and running, this one counted
/// @param enqueueTime when it was taken, Unix seconds
public record Accepted(String taskId, int queueSize, double enqueueTime) {}
