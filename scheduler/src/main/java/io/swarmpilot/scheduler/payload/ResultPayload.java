package io.swarmpilot.scheduler.payload;

import io.swarmpilot.proto.common.v1.JsonValue;
import io.swarmpilot.scheduler.core.Payload;

/// What the model answered.
///
/// @param json the answer; absent when a foreign instance told only that it ended
public record ResultPayload(JsonValue json) implements Payload {
  @Override
  public long bytes() {
    return json.getSerializedSize();
  }
}
