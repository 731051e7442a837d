package io.swarmpilot.scheduler.observe;

import io.swarmpilot.scheduler.core.Payload;
import io.swarmpilot.scheduler.payload.Features;
import io.swarmpilot.scheduler.payload.TaskPayload;

/// What a task tells of itself, without its input.
///
/// @param features what of its metadata enters predictions
public record Described(Features features) implements Payload {
  static Payload of(Payload payload) {
    return payload instanceof TaskPayload task
        ? new Described(task.features())
        : new Described(Features.NONE);
  }

  @Override
  public long bytes() {
    return 0;
  }
}
