package io.swarmpilot.scheduler.core;

import java.util.List;

/// What commands led to.
///
/// @param events facts, in order; the core has applied them already
/// @param effects what to do once they are durable, in order
public record Decision(List<Event> events, List<Effect> effects) {}
