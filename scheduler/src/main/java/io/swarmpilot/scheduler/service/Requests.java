package io.swarmpilot.scheduler.service;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.scheduler.core.Command;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// Puts commands to the loop and hands back their answers.
final class Requests {
  private static final Duration BUSY_RETRY = Duration.ofMillis(100);

  private final Predicate<Command> loop;

  Requests(Predicate<Command> loop) {
    this.loop = loop;
  }

  /// The answer to a command; fails with QUEUE_FULL when the loop takes no more.
  ///
  /// @param command makes the command, given the receiver of its answer
  <A> CompletionStage<A> ask(Function<Consumer<A>, Command> command) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    if (!loop.test(command.apply(answer::complete))) {
      answer.completeExceptionally(
          MeshException.of(ErrorReason.QUEUE_FULL, "The scheduler is busy").retryAfter(BUSY_RETRY));
    }
    return answer;
  }
}
