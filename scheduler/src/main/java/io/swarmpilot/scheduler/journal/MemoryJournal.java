package io.swarmpilot.scheduler.journal;

import io.swarmpilot.scheduler.core.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Keeps nothing: what was accepted is lost with the process.
public final class MemoryJournal implements Journal {
  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  @Override
  public CompletionStage<Void> append(List<Event> events) {
    return DONE;
  }

  @Override
  public String durability() {
    return "memory";
  }
}
