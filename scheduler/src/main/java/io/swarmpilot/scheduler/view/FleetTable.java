package io.swarmpilot.scheduler.view;

import io.swarmpilot.scheduler.core.InstanceSnapshot;
import io.swarmpilot.scheduler.core.InstanceState;
import io.swarmpilot.scheduler.core.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every registered instance as it was last, in order of registration. Written by the loop, read by
/// anyone without waiting.
public final class FleetTable {
  private static final Logger log = LoggerFactory.getLogger(FleetTable.class);

  private final NavigableMap<Long, InstanceSnapshot> byOrdinal = new ConcurrentSkipListMap<>();
  private final Map<String, List<Target>> targets = new ConcurrentHashMap<>();

  /// Shows an instance as it is now. A change of its state is told to the log, for whoever is on
  /// duty.
  public void show(InstanceSnapshot instance) {
    InstanceSnapshot before = byOrdinal.put(instance.ordinal(), instance);
    if (before == null || before.state() != instance.state()) {
      log.info(
          "instance {} at {} is {}, holding {} task(s)",
          instance.uuid(),
          instance.registration().registeredAddress(),
          instance.state(),
          instance.outstanding());
    }
    if (before == null || !sameTarget(before, instance)) {
      if (before != null) {
        retarget(before.model());
      }
      retarget(instance.model());
    }
  }

  /// Shows an instance no more.
  public void hide(InstanceSnapshot instance) {
    InstanceSnapshot before = byOrdinal.remove(instance.ordinal());
    if (before != null) {
      retarget(before.model());
    }
  }

  /// The instances, in order of registration.
  public Collection<InstanceSnapshot> instances() {
    return byOrdinal.values();
  }

  /// The instance of a uuid.
  public Optional<InstanceSnapshot> find(String uuid) {
    return byOrdinal.values().stream().filter(instance -> instance.uuid().equals(uuid)).findFirst();
  }

  /// The distinct kinds of instance that serve a model, in no order; empty when none does.
  public List<Target> targets(String model) {
    return targets.getOrDefault(model, List.of());
  }

  private static boolean sameTarget(InstanceSnapshot before, InstanceSnapshot now) {
    return before.model().equals(now.model())
        && before.state() == now.state()
        && before.status().target().equals(now.status().target());
  }

  private void retarget(String model) {
    List<Target> found = new ArrayList<>();
    for (InstanceSnapshot instance : byOrdinal.values()) {
      Target target = instance.status().target();
      if (instance.model().equals(model)
          && instance.state() == InstanceState.AVAILABLE
          && !found.contains(target)) {
        found.add(target);
      }
    }
    if (found.isEmpty()) {
      targets.remove(model);
    } else {
      targets.put(model, List.copyOf(found));
    }
  }
}
