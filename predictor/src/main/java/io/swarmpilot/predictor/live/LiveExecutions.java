package io.swarmpilot.predictor.live;

import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import io.swarmpilot.predictor.feature.Query;
import io.swarmpilot.predictor.model.Method;
import io.swarmpilot.predictor.model.ModelCount;
import io.swarmpilot.predictor.model.ModelIdentity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Learns from executions as they end, and predicts from them. Thread-safe and bounded: beyond the
/// most keys allowed, the one not used for longest is forgotten.
public final class LiveExecutions {
  /// Executions of each model, hardware and software that predictions rest on.
  public static final int WINDOW = RecentExecutions.WINDOW;

  private static final int REMEMBERED_REPORTS = 65_536;

  private final int maxKeys;
  private final RecentIds reports = new RecentIds(REMEMBERED_REPORTS);

  /// By model, hardware and software, the least recently used first; the lock of both maps.
  private final LinkedHashMap<ModelIdentity, RecentExecutions> keys =
      new LinkedHashMap<>(16, 0.75f, true);

  private final SetMultimap<String, RecentExecutions> keysByType = LinkedHashMultimap.create();

  /// Starts knowing nothing.
  ///
  /// @param maxKeys most combinations of model, hardware and software to remember
  public LiveExecutions(int maxKeys) {
    this.maxKeys = maxKeys;
  }

  /// Learns from an execution; false when it was reported before.
  public boolean learn(Execution execution) {
    if (!execution.taskId().isEmpty() && !reports.add(execution.taskId(), execution.attempt())) {
      return false;
    }
    Query query = execution.query();
    key(query.identity()).add(query.features(), execution.milliseconds());
    return true;
  }

  /// What recent executions say about a task, if there are any of its type of model.
  public Optional<LiveAnswer> predict(Query query) {
    return ExecutionGroup.choose(query.identity(), find(query.identity()))
        .map(group -> answer(query, group));
  }

  private static LiveAnswer answer(Query query, ExecutionGroup group) {
    double[] logTimes = group.logTimesFor(query.features());
    double damping = logTimes.length / (logTimes.length + 10.0);
    boolean settled = group.method() == Method.LIVE && group.size() >= EmpiricalDistribution.ENOUGH;
    return new LiveAnswer(
        EmpiricalDistribution.of(logTimes, group.method(), group.share() * damping), settled);
  }

  /// How many executions predictions rest on, for each model, hardware and software.
  public List<ModelCount> models() {
    List<RecentExecutions> all;
    synchronized (keys) {
      all = List.copyOf(keys.values());
    }
    return all.stream().map(key -> new ModelCount(key.identity(), key.size())).toList();
  }

  private RecentExecutions key(ModelIdentity identity) {
    synchronized (keys) {
      RecentExecutions known = keys.get(identity);
      if (known != null) {
        return known;
      }
      RecentExecutions added = new RecentExecutions(identity);
      keys.put(identity, added);
      keysByType.put(identity.type(), added);
      if (keys.size() > maxKeys) {
        Map.Entry<ModelIdentity, RecentExecutions> oldest = keys.firstEntry();
        keys.remove(oldest.getKey());
        keysByType.remove(oldest.getKey().type(), oldest.getValue());
      }
      return added;
    }
  }

  /// Just the key that was asked for when it has seen enough, else all keys of that type of model.
  private List<RecentExecutions> find(ModelIdentity identity) {
    synchronized (keys) {
      @Nullable RecentExecutions exact = keys.get(identity);
      if (exact != null && exact.size() >= EmpiricalDistribution.ENOUGH) {
        return List.of(exact);
      }
      List<RecentExecutions> found = new ArrayList<>(keysByType.get(identity.type()));
      if (!identity.name().isEmpty()) {
        found.addAll(keysByType.get(identity.joinedType()));
      }
      return found;
    }
  }
}
