package io.swarmpilot.scheduler.observe;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.scheduler.loop.DecisionWatcher;
import io.swarmpilot.scheduler.shadow.ShadowReport;
import io.swarmpilot.scheduler.shadow.ShadowTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that follows the scheduler's decisions, and what is asked of it.
public final class Observatory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Observatory.class);
  private static final int MOST_SIGHTS = 8_192;
  private static final int MOST_AT_ONCE = 256;

  private final BlockingQueue<Sight> inbox = new ArrayBlockingQueue<>(MOST_SIGHTS);
  private final EventTap tap = new EventTap(inbox);
  private final Watchers watchers;
  private final Thread thread;
  private volatile boolean stopped;

  /// Follows nothing yet.
  ///
  /// @param cores makes a scheduler's core that knows nothing yet
  public Observatory(CoreMaker cores) {
    this.watchers = new Watchers(tap, cores);
    this.thread = Thread.ofPlatform().name("scheduler-observatory").daemon().unstarted(this::run);
  }

  /// Starts the thread.
  public void start() {
    thread.start();
  }

  /// What the loop shows its decisions to.
  public DecisionWatcher watcher() {
    return tap;
  }

  /// Starts a shadow; answers once it stands where the live mesh stands.
  public CompletionStage<ShadowReport> startShadow(ShadowTerms terms) {
    return begin(started -> watchers.start(terms, started));
  }

  /// What came of the shadows so far, in the order in which they were started.
  public CompletionStage<List<ShadowReport>> reports() {
    return ask(watchers::reports);
  }

  /// Ends a shadow; answers with its last report, if there is one of this name.
  public CompletionStage<Optional<ShadowReport>> stopShadow(String name) {
    return ask(() -> watchers.stop(name));
  }

  /// Lets a listener follow the tasks that end; answers true once it does, false when too many do.
  public CompletionStage<Boolean> listen(TaskListener listener) {
    return begin(begun -> watchers.listen(listener, begun));
  }

  /// Lets a listener follow nothing any more.
  public void leave(TaskListener listener) {
    // When the inbox is full it leaves with the next thing it is told.
    CompletionStage<Boolean> _ = ask(() -> watchers.leave(listener));
  }

  /// Events that could not be followed so far.
  public long lost() {
    return tap.lost();
  }

  /// Stops the thread; questions that wait are not answered.
  @Override
  public void close() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Asks for what has begun only once it is known where the scheduler stands.
  private <A> CompletionStage<A> begin(Consumer<CompletableFuture<A>> question) {
    CompletableFuture<A> begun = new CompletableFuture<>();
    return this.<CompletionStage<A>>ask(
            () -> {
              question.accept(begun);
              return begun;
            })
        .thenCompose(stage -> stage);
  }

  private <A> CompletionStage<A> ask(Supplier<A> question) {
    CompletableFuture<A> answer = new CompletableFuture<>();
    Runnable asked =
        () -> {
          try {
            answer.complete(question.get());
          } catch (RuntimeException e) {
            answer.completeExceptionally(e);
          }
        };
    if (!inbox.offer(new Sight.Asked(asked))) {
      answer.completeExceptionally(
          MeshException.of(ErrorReason.QUEUE_FULL, "The scheduler is busy"));
    }
    return answer;
  }

  private void run() {
    List<Sight> sights = new ArrayList<>(MOST_AT_ONCE);
    while (!stopped) {
      try {
        Sight first = watchers.isBehind() ? inbox.poll() : inbox.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          sights.add(first);
          inbox.drainTo(sights, MOST_AT_ONCE - 1);
        }
      } catch (InterruptedException e) {
        continue;
      }
      sights.forEach(this::see);
      sights.clear();
      watchers.goOn();
    }
  }

  private void see(Sight sight) {
    try {
      switch (sight) {
        case Sight.Asked asked -> asked.question().run();
        case Sight.Stand stand -> watchers.stand(stand);
        case Sight.Decided decided -> {
          tap.taken(decided.events().size());
          watchers.see(decided);
        }
      }
    } catch (RuntimeException e) {
      log.error("an observation failed", e);
    }
  }
}
