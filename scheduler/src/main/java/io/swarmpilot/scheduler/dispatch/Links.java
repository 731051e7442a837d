package io.swarmpilot.scheduler.dispatch;

import io.swarmpilot.runtime.time.MeshClock;
import io.swarmpilot.scheduler.core.Effect;
import io.swarmpilot.scheduler.core.InstanceKind;
import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.Outcome;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/// The links to all registered instances.
public final class Links implements AutoCloseable {
  private final Map<String, InstanceLink> byUuid = new ConcurrentHashMap<>();
  private final AtomicLong sessions = new AtomicLong();
  private final LinkSettings settings;
  private final MeshClock clock;

  /// No links yet.
  public Links(LinkSettings settings, MeshClock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// Keeps a link to an instance; replaces the one it has.
  public void open(InstanceSnapshot instance) {
    InstanceLink link =
        instance.registration().kind() == InstanceKind.MESH
            ? new MeshLink(instance, settings, sessions::incrementAndGet)
            : new ForeignLink(instance, settings, sessions::incrementAndGet);
    InstanceLink former = byUuid.put(instance.uuid(), link);
    if (former != null) {
      former.close();
    }
    link.tick(clock.nanos());
  }

  /// Gives the link to an instance up.
  public void close(String uuid) {
    InstanceLink link = byUuid.remove(uuid);
    if (link != null) {
      link.close();
    }
  }

  /// Ends a session of a link, so that a new one is made.
  public void breakSession(String uuid, long session) {
    InstanceLink link = byUuid.get(uuid);
    if (link != null) {
      link.breakSession(session);
    }
  }

  /// Collects what one decision has instances told, so that each link sends it at once.
  public Outgoing outgoing() {
    return new Outgoing();
  }

  /// Does what is due; called several times a second.
  public void tick() {
    long now = clock.nanos();
    byUuid.values().forEach(link -> link.tick(now));
  }

  /// Asks an instance to send the output of a task, or to cease.
  public void follow(String uuid, String taskId, boolean follow) {
    InstanceLink link = byUuid.get(uuid);
    if (link != null) {
      link.follow(taskId, follow);
      link.flush();
    }
  }

  /// Our id of a task that a foreign instance calls by a name of its own; the given one otherwise.
  public String localTaskId(String taskId) {
    for (InstanceLink link : byUuid.values()) {
      if (link instanceof ForeignLink foreign) {
        Optional<String> local = foreign.localTaskId(taskId);
        if (local.isPresent()) {
          return local.get();
        }
      }
    }
    return taskId;
  }

  /// Fetches the outcome of a task from the foreign instance it is with; empty when there is none.
  public CompletionStage<Optional<Outcome>> fetchOutcome(String uuid, String taskId) {
    return byUuid.get(uuid) instanceof ForeignLink foreign
        ? foreign.fetchOutcome(taskId)
        : CompletableFuture.completedStage(Optional.empty());
  }

  @Override
  public void close() {
    byUuid.values().forEach(InstanceLink::close);
    byUuid.clear();
  }

  /// What one decision has instances told.
  public final class Outgoing {
    private final Set<InstanceLink> touched = new LinkedHashSet<>();

    private Outgoing() {}

    /// Gives an instance a task.
    public void dispatch(Effect.Dispatch dispatch) {
      add(dispatch.instance(), dispatch, InstanceLink::dispatch);
    }

    /// Tells an instance to stop a task.
    public void abort(Effect.Abort abort) {
      add(abort.instance(), abort, InstanceLink::abort);
    }

    /// Tells an instance that an outcome is recorded.
    public void acknowledge(Effect.Acknowledge acknowledge) {
      add(acknowledge.instance(), acknowledge, InstanceLink::acknowledge);
    }

    /// Whether there is anything to send.
    public boolean isEmpty() {
      return touched.isEmpty();
    }

    /// Sends it.
    public void flush() {
      touched.forEach(InstanceLink::flush);
    }

    private <E> void add(String uuid, E effect, BiConsumer<InstanceLink, E> put) {
      InstanceLink link = byUuid.get(uuid);
      if (link != null) {
        put.accept(link, effect);
        touched.add(link);
      }
    }
  }
}
