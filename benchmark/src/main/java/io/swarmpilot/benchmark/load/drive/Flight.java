package io.swarmpilot.benchmark.load.drive;

import com.google.common.primitives.ImmutableLongArray;
import io.swarmpilot.benchmark.measure.Failure;
import io.swarmpilot.benchmark.measure.Outcome;
import io.swarmpilot.benchmark.measure.Usage;
import io.swarmpilot.benchmark.prompts.Prompt;
import io.swarmpilot.benchmark.protocol.Reply;
import io.swarmpilot.benchmark.protocol.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request in flight. Its answer is told by one thread at a time; it may be broken off by any.
final class Flight implements Reply {
  private final Trip trip;
  private final long intended;
  private final long due;
  private final Runnable whenOver;
  private final ImmutableLongArray.Builder outputs = ImmutableLongArray.builder();

  private volatile Target.@Nullable Call call;
  private volatile boolean cancelled;
  private volatile boolean over;
  private volatile long sent;
  private long wanted;

  /// A request that is not sent yet.
  ///
  /// @param intended when its schedule has it start, ns after the start of the run
  /// @param due when it could be sent
  /// @param whenOver called once it has ended
  Flight(Trip trip, long intended, long due, Runnable whenOver) {
    this.trip = trip;
    this.intended = intended;
    this.due = due;
    this.whenOver = whenOver;
  }

  /// Sends it.
  void start(Target target, Prompt prompt) {
    sent = trip.now();
    if (!trip.ledger().open(this, sent)) {
      over = true;
      whenOver.run();
      return;
    }
    wanted = prompt.outputTokens();
    call = target.send(prompt, this);
    if (cancelled) {
      cancel();
    }
  }

  /// Breaks it off.
  void cancel() {
    cancelled = true;
    Target.Call started = call;
    if (started != null) {
      started.cancel();
    }
  }

  boolean isOver() {
    return over;
  }

  @Override
  public void sent(long nanos) {
    sent = Math.max(sent, trip.since(nanos));
  }

  @Override
  public void output(long nanos) {
    outputs.add(trip.since(nanos));
  }

  @Override
  public void done(long nanos, Usage usage) {
    end(nanos, usage, Optional.empty());
  }

  @Override
  public void failed(long nanos, Failure failure) {
    end(nanos, Usage.counted(0), Optional.of(failure));
  }

  private void end(long nanos, Usage usage, Optional<Failure> failure) {
    trip.ledger()
        .end(
            this,
            new Outcome(
                intended,
                Math.min(due, sent),
                sent,
                Math.max(sent, trip.since(nanos)),
                outputs.build(),
                usage,
                wanted,
                failure));
    over = true;
    whenOver.run();
  }
}
