package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/// The policies that can be chosen, by name without regard to case and to `-` or `_`.
public final class PolicyRegistry {
  private static final List<Policy> BUILT_IN =
      List.of(new ShortestQueue(), new RoundRobin(), new Weighted(), new Probabilistic());

  private final ImmutableMap<String, Policy> byKey;

  private PolicyRegistry(Map<String, Policy> byKey) {
    this.byKey = ImmutableMap.copyOf(byKey);
  }

  /// Ours and those found on the class path.
  public static PolicyRegistry discover() {
    return of(Iterables.concat(BUILT_IN, ServiceLoader.load(Policy.class)));
  }

  /// These policies, in this order.
  ///
  /// @throws IllegalArgumentException when two have the same name
  public static PolicyRegistry of(Iterable<Policy> policies) {
    ImmutableMap.Builder<String, Policy> byKey = ImmutableMap.builder();
    policies.forEach(policy -> byKey.put(key(policy.name()), policy));
    return new PolicyRegistry(byKey.buildOrThrow());
  }

  /// The policy in force until another one is chosen: the first.
  public Policy initial() {
    return byKey.values().iterator().next();
  }

  /// The policy of a name, if there is one.
  public Optional<Policy> find(String name) {
    return Optional.ofNullable(byKey.get(key(name)));
  }

  /// Every canonical name, in order.
  public List<String> names() {
    return byKey.values().stream().map(Policy::name).toList();
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }
}
