package io.swarmpilot.taskinstance.backend.process;

import java.util.concurrent.CompletableFuture;

/// The life of a replica's server, its restarts included.
///
/// @param stop ends when it is not wanted any more
/// @param gone ends when nothing is left of it
record ServerLife(CompletableFuture<Void> stop, CompletableFuture<Void> gone) {
  /// A life that begins.
  ServerLife() {
    this(new CompletableFuture<>(), new CompletableFuture<>());
  }
}
