package io.swarmpilot.gateway.grpc;

import io.grpc.SynchronizationContext;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What several services say of their health, as one word: told first when all have spoken, then
/// whenever it changes.
final class JoinedStatus {
  private static final Logger log = LoggerFactory.getLogger(JoinedStatus.class);

  private final Set<String> awaited;
  private final Consumer<ServingStatus> listener;
  private final SynchronizationContext serial =
      new SynchronizationContext((thread, failure) -> log.warn("health cannot be told", failure));
  private final Map<String, ServingStatus> known = new HashMap<>();
  private @Nullable ServingStatus told;

  JoinedStatus(List<String> services, Consumer<ServingStatus> listener) {
    awaited = new HashSet<>(services);
    this.listener = listener;
  }

  /// A service says how it is. The listener is called in the order of the changes, never by two
  /// threads at once.
  void tell(String service, ServingStatus status) {
    serial.execute(() -> join(service, status));
  }

  private void join(String service, ServingStatus status) {
    awaited.remove(service);
    known.put(service, status);
    if (!awaited.isEmpty()) {
      return;
    }
    ServingStatus joined =
        known.values().stream().allMatch(s -> s == ServingStatus.SERVING)
            ? ServingStatus.SERVING
            : ServingStatus.NOT_SERVING;
    if (joined != told) {
      told = joined;
      listener.accept(joined);
    }
  }
}
