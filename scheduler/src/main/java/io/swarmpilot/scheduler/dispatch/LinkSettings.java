package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.scheduler.output.OutputSink;
import java.net.http.HttpClient;
import java.util.concurrent.Executor;

/// What all links share.
///
/// @param dialer makes channels
/// @param sink where they put what instances say
/// @param output where they put the partial output of tasks
/// @param schedulerId identifies this scheduler's process
/// @param epoch grows with every leadership of the scheduler
/// @param maxOutgoing most commands that wait for one instance
/// @param graceNanos how long the word of a task may be under way before it is missed, ns
/// @param http client for foreign instances
/// @param blocking runs calls that block, each on a thread of its own
public record LinkSettings(
    ChannelDialer dialer,
    CommandSink sink,
    OutputSink output,
    String schedulerId,
    long epoch,
    int maxOutgoing,
    long graceNanos,
    HttpClient http,
    Executor blocking) {}
