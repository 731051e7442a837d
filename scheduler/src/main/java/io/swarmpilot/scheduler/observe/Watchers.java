package io.swarmpilot.scheduler.observe;

import io.swarmpilot.runtime.error.ErrorReason;
import io.swarmpilot.runtime.error.MeshException;
import io.swarmpilot.scheduler.core.Event;
import io.swarmpilot.scheduler.shadow.LiveMesh;
import io.swarmpilot.scheduler.shadow.LiveTask;
import io.swarmpilot.scheduler.shadow.Shadow;
import io.swarmpilot.scheduler.shadow.ShadowReport;
import io.swarmpilot.scheduler.shadow.ShadowTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who follows the live mesh: shadows and listeners. Used by the observatory's thread only.
final class Watchers {
  private static final Logger log = LoggerFactory.getLogger(Watchers.class);

  /// Most shadows at once: each costs a processor about as much as the scheduler's own decisions.
  private static final int MOST_SHADOWS = 8;

  private static final int MOST_LISTENERS = 16;
  private static final int STEPS_AT_ONCE = 10_000;

  /// Live time after which shadows go on, ns: often enough for reports, seldom enough to cost less
  /// than what they do.
  private static final long ADVANCE_EVERY = 5_000_000L;

  private final EventTap tap;
  private final CoreMaker cores;
  private final LiveMesh live = new LiveMesh();
  private final SequencedMap<String, Shadow> shadows = new LinkedHashMap<>();
  private final Map<Shadow, CompletableFuture<ShadowReport>> beginning = new LinkedHashMap<>();
  private final Set<TaskListener> listeners = new LinkedHashSet<>();
  private final List<CompletableFuture<Boolean>> listening = new ArrayList<>();
  private long now;
  private long advanced;
  private boolean behind;

  Watchers(EventTap tap, CoreMaker cores) {
    this.tap = tap;
    this.cores = cores;
  }

  /// Starts a shadow.
  ///
  /// @param started gets its first report once it stands where the live mesh stands
  void start(ShadowTerms terms, CompletableFuture<ShadowReport> started) {
    if (shadows.containsKey(terms.name())) {
      throw MeshException.of(
          ErrorReason.SHADOW_EXISTS, "There is a shadow named " + terms.name() + " already");
    }
    if (shadows.size() >= MOST_SHADOWS) {
      throw MeshException.of(
          ErrorReason.TOO_MANY_SHADOWS, MOST_SHADOWS + " shadows run already; stop one first");
    }
    Shadow shadow = new Shadow(terms, live, () -> cores.make(terms.strategy()));
    shadows.put(terms.name(), shadow);
    beginning.put(shadow, started);
    tap.want();
  }

  List<ShadowReport> reports() {
    advance();
    return shadows.values().stream().map(Shadow::report).toList();
  }

  Optional<ShadowReport> stop(String name) {
    advance();
    Optional<Shadow> stopped = Optional.ofNullable(shadows.remove(name));
    Optional<ShadowReport> report = stopped.map(Shadow::report);
    stopped.map(beginning::remove).ifPresent(waiting -> waiting.complete(report.orElseThrow()));
    closeUnlessNeeded();
    return report;
  }

  /// Lets a listener follow.
  ///
  /// @param begun gets true once it follows, false when too many do
  void listen(TaskListener listener, CompletableFuture<Boolean> begun) {
    if (listeners.size() >= MOST_LISTENERS) {
      begun.complete(false);
      return;
    }
    listeners.add(listener);
    listening.add(begun);
    tap.want();
  }

  boolean leave(TaskListener listener) {
    boolean left = listeners.remove(listener);
    closeUnlessNeeded();
    return left;
  }

  /// The scheduler tells where it stands.
  void stand(Sight.Stand stand) {
    now = stand.now();
    if (stand.afterLoss()) {
      live.begin(stand.facts(), now);
      shadows.values().forEach(shadow -> begin(shadow, stand.facts()));
    } else {
      List.copyOf(beginning.keySet()).forEach(shadow -> begin(shadow, stand.facts()));
    }
    beginning.forEach((shadow, started) -> started.complete(shadow.report()));
    beginning.clear();
    listening.forEach(begun -> begun.complete(true));
    listening.clear();
  }

  /// The scheduler has decided.
  void see(Sight.Decided decided) {
    now = decided.now();
    for (Event event : decided.events()) {
      LiveTask task = live.see(event, now);
      each(shadow -> shadow.see(event, task, now));
      if (task != null && event instanceof Event.TaskCompleted) {
        listeners.forEach(listener -> listener.ended(task, tap.lost()));
      }
    }
    if (now - advanced >= ADVANCE_EVERY) {
      advance();
    }
  }

  /// Does what is left to do.
  void goOn() {
    if (behind) {
      advance();
    }
  }

  /// Whether a shadow could go on at once.
  boolean isBehind() {
    return behind;
  }

  private void begin(Shadow shadow, List<Event> facts) {
    guarded(shadow, begun -> begun.begin(facts, now));
  }

  private void advance() {
    advanced = now;
    behind = false;
    each(shadow -> behind |= shadow.advance(now, STEPS_AT_ONCE));
  }

  private void each(Consumer<Shadow> step) {
    for (Shadow shadow : shadows.values()) {
      guarded(shadow, step);
    }
  }

  /// A shadow that fails is over; the others go on.
  private static void guarded(Shadow shadow, Consumer<Shadow> step) {
    try {
      step.accept(shadow);
    } catch (RuntimeException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("shadow", shadow.terms().name())
          .log("a shadow failed; it is over");
      shadow.fail();
    }
  }

  private void closeUnlessNeeded() {
    if (shadows.isEmpty() && listeners.isEmpty()) {
      tap.close();
      live.begin(new ArrayList<>(), now);
      behind = false;
    }
  }
}
