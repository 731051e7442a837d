package io.swarmpilot.taskinstance.queue;

import java.util.List;

/// What the instance holds when a stream is opened.
///
/// @param tasks the scheduler's tasks that wait or run
/// @param view the instance's work
public record Holdings(List<HeldTask> tasks, QueueView view) {}
