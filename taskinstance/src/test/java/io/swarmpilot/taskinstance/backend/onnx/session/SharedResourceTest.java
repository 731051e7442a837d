package io.swarmpilot.taskinstance.backend.onnx.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedResourceTest {
  private final List<String> events = new ArrayList<>();
  private final SharedResource<AutoCloseable> resource =
      new SharedResource<>(() -> {
        events.add("made");
        return () -> events.add("closed");
      });

  @Test
  void isMadeForTheFirstAndClosedAfterTheLast() {
    SharedResource<AutoCloseable>.Lease first = resource.lease();
    SharedResource<AutoCloseable>.Lease second = resource.lease();
    assertThat(first.get()).isSameAs(second.get());

    first.close();
    first.close();
    assertThat(events).containsExactly("made");

    second.close();
    assertThat(events).containsExactly("made", "closed");

    resource.lease().close();
    assertThat(events).containsExactly("made", "closed", "made", "closed");
  }
}
