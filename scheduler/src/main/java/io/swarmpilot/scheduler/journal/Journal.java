package io.swarmpilot.scheduler.journal;

import io.swarmpilot.scheduler.core.Event;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Makes events durable. Effects of a decision run only once its events are.
public interface Journal {
  /// Appends events. The stage ends when they are durable, in the order of the appends and never
  /// two at once; it fails when they cannot be made durable, and then so do all later ones.
  CompletionStage<Void> append(List<Event> events);

  /// What a restart leaves of accepted tasks: "memory" for nothing.
  String durability();
}
