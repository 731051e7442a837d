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
  private final String initial;

  private PolicyRegistry(Map<String, Entry> byKey, String initial) {
    this.byKey = ImmutableMap.copyOf(byKey);
    this.initial = initial;
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
    ImmutableMap<String, Entry> all = byKey.buildOrThrow();
    Entry ours = all.get(key(PREFERRED));
    return new PolicyRegistry(
        all, ours == null ? all.values().iterator().next().name() : ours.name());
  }

  /// The same, with another policy in force at first; "" for no other.
  ///
  /// @throws IllegalArgumentException when no policy has this name
  public PolicyRegistry startingWith(String name) {
    if (name.isEmpty()) {
      return this;
    }
    String found =
        find(name)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "strategy: no strategy is named " + name + "; there are " + names()));
    return new PolicyRegistry(byKey, found);
  }

  /// Canonical name of the policy in force until another one is chosen: ours, or else the first.
  public String initial() {
    return initial;
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
