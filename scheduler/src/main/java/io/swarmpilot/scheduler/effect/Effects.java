package io.swarmpilot.scheduler.effect;

import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.dispatch.Links;
import io.swarmpilot.scheduler.loop.EffectRunner;
import io.swarmpilot.scheduler.payload.Features;
import io.swarmpilot.scheduler.payload.TaskPayload;
import io.swarmpilot.scheduler.predict.ExecutionFeedback;
import io.swarmpilot.scheduler.predict.Predictions;
import io.swarmpilot.scheduler.statistics.Statistics;
import io.swarmpilot.scheduler.view.SchedulerView;
import io.swarmpilot.scheduler.view.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the effects of decisions. Readers are shown the new state first; then, on another thread so
/// that the loop goes on, callers are answered and instances are told: whoever has an answer finds
/// it in what they read.
public final class Effects implements EffectRunner {
  private static final Logger log = LoggerFactory.getLogger(Effects.class);

  private final SchedulerView view;
  private final Links links;
  private final Predictions predictions;
  private final ExecutionFeedback feedback;
  private final Statistics statistics;
  private final Executor outbound;

  /// Effects on these parts.
  ///
  /// @param outbound runs answers and messages; one thread, bounded, with the caller helping out
  public Effects(
      SchedulerView view,
      Links links,
      Predictions predictions,
      ExecutionFeedback feedback,
      Statistics statistics,
      Executor outbound) {
    this.view = view;
    this.links = links;
    this.predictions = predictions;
    this.feedback = feedback;
    this.statistics = statistics;
    this.outbound = outbound;
  }

  @Override
  public void run(List<Effect> effects) {
    List<Effect.Reply<?>> replies = new ArrayList<>();
    Links.Outgoing outgoing = links.outgoing();
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Reply<?> reply -> replies.add(reply);
        case Effect.Dispatch dispatch -> outgoing.dispatch(dispatch);
        case Effect.Abort abort -> outgoing.abort(abort);
        case Effect.Acknowledge acknowledge -> outgoing.acknowledge(acknowledge);
        case Effect.ShowTask show -> {
          view.tasks().show(show.task());
          view.watchers().publish(show.change(), show.task());
          statistics.shown(show.change(), show.task());
        }
        case Effect.HideTasks hide -> view.tasks().hide(hide.taskIds(), hide.overflow());
        case Effect.ShowInstance show -> view.fleet().show(show.instance());
        case Effect.HideInstance hide -> view.fleet().hide(hide.instance());
        case Effect.ShowPool show -> view.queues().show(show.pool());
        case Effect.ShowSettings show -> view.show(new Settings(show.strategy(), show.mode()));
        case Effect.Report report -> report(report);
        case Effect.OpenLink open -> links.open(open.instance());
        case Effect.BreakLink broken -> links.breakSession(broken.instance(), broken.session());
        case Effect.CloseLink closed -> links.close(closed.instance());
        case Effect.Fault fault -> log.error("a command could not be handled", fault.cause());
      }
    }
    if (!replies.isEmpty() || !outgoing.isEmpty()) {
      outbound.execute(() -> send(replies, outgoing));
    }
  }

  private void report(Effect.Report report) {
    predictions.record(report.task(), report.target());
    Features features =
        report.input() instanceof TaskPayload payload ? payload.features() : Features.NONE;
    feedback.offer(report, features);
  }

  private static void send(List<Effect.Reply<?>> replies, Links.Outgoing outgoing) {
    outgoing.flush();
    for (Effect.Reply<?> reply : replies) {
      try {
        reply.send();
      } catch (RuntimeException e) {
        // Its caller has left; the others must still be answered.
        log.debug("an answer could not be given", e);
      }
    }
  }
}
