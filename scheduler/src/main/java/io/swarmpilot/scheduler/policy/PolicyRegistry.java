package io.swarmpilot.scheduler.policy;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/// The policies that can be chosen, by name without regard to case and to `-` or `_`.
public final class PolicyRegistry {
  private static final String PREFERRED = "proportional_deadline";

  private final ImmutableMap<String, Entry> byKey;

  private PolicyRegistry(Map<String, Entry> byKey) {
    this.byKey = ImmutableMap.copyOf(byKey);
  }

  /// Ours and those found on the class path.
  public static PolicyRegistry discover(PolicySettings settings) {
    List<Supplier<Policy>> policies = new ArrayList<>(BuiltInPolicies.all(settings));
    ServiceLoader.load(Policy.class).stream().forEach(policies::add);
    return of(policies);
  }

  /// These policies, in this order.
  ///
  /// @throws IllegalArgumentException when two have the same name
  public static PolicyRegistry of(List<? extends Supplier<? extends Policy>> policies) {
    ImmutableMap.Builder<String, Entry> byKey = ImmutableMap.builder();
    for (Supplier<? extends Policy> policy : policies) {
      String name = policy.get().name();
      byKey.put(key(name), new Entry(name, policy));
    }
    return new PolicyRegistry(byKey.buildOrThrow());
  }

  /// Canonical name of the policy in force until another one is chosen: ours, or else the first.
  public String initial() {
    Entry ours = byKey.get(key(PREFERRED));
    return ours == null ? byKey.values().iterator().next().name() : ours.name();
  }

  /// Canonical name of the policy that a name means, if there is one.
  public Optional<String> find(String name) {
    return Optional.ofNullable(byKey.get(key(name))).map(Entry::name);
  }

  /// A new instance of a policy.
  ///
  /// @param name a name for which [#find] finds one
  public Policy create(String name) {
    Entry entry = byKey.get(key(name));
    if (entry == null) {
      throw new IllegalArgumentException("no policy is named " + name);
    }
    return entry.policy().get();
  }

  /// Every canonical name, in order.
  public List<String> names() {
    return byKey.values().stream().map(Entry::name).toList();
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /// A policy that can be made.
  ///
  /// @param name its canonical name
  /// @param policy makes one
  private record Entry(String name, Supplier<? extends Policy> policy) {}
}
