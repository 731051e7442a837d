package io.swarmpilot.scheduler.core;

import io.swarmpilot.scheduler.queue.QueueSettings;

/// Bounds of the scheduler's state. Times are nanoseconds.
///
/// @param maxLiveTasks most tasks accepted and not yet completed
/// @param maxLiveBytes most bytes of their inputs
/// @param maxResults most completed tasks kept
/// @param maxResultBytes most bytes of their results
/// @param resultTtl how long a completed task is kept
/// @param maxAttempts how often a task may be lost before it fails
/// @param leaseTimeout silence after which an instance is given up
/// @param queueTimeout how long a task may wait for any instance
/// @param maxInstances most instances registered
/// @param maxQueued most tasks waiting in the central queue of a model
/// @param maxPerUser most live tasks of one user; tasks without user are not counted
/// @param mostLookAhead most tasks an instance is given beyond its slots under late binding
/// @param prefixBlocks blocks of prompts remembered of each instance
/// @param queue how tasks wait
public record Limits(
    int maxLiveTasks,
    long maxLiveBytes,
    int maxResults,
    long maxResultBytes,
    long resultTtl,
    int maxAttempts,
    long leaseTimeout,
    long queueTimeout,
    int maxInstances,
    int maxQueued,
    int maxPerUser,
    int mostLookAhead,
    int prefixBlocks,
    QueueSettings queue) {}
