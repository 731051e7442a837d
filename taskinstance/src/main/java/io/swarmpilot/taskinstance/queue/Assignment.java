package io.swarmpilot.taskinstance.queue;

/// A task on the replica that runs it.
record Assignment(LiveTask task, RunningReplica replica) {}
