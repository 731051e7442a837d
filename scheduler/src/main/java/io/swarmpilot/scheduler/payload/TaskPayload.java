package io.swarmpilot.scheduler.payload;

import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.scheduler.core.Payload;

/// What a task brings along.
///
/// @param input input for the model
/// @param metadata what is known about the task
/// @param features what of it enters predictions
public record TaskPayload(JsonValue input, JsonValue metadata, Features features)
    implements Payload {
  @Override
  public long bytes() {
    return (long) input.getSerializedSize() + metadata.getSerializedSize();
  }
}
