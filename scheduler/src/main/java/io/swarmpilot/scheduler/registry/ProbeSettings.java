package io.swarmpilot.scheduler.registry;

import io.swarmpilot.scheduler.dispatch.ChannelDialer;
import java.net.http.HttpClient;

/// How instances are asked what they are.
///
/// @param dialer makes channels
/// @param http client for foreign instances
public record ProbeSettings(ChannelDialer dialer, HttpClient http) {}
