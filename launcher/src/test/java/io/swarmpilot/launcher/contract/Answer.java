package io.swarmpilot.launcher.contract;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;

/// What came back.
///
/// @param status HTTP status; that of the gRPC code where the call went over gRPC
/// @param headers headers by lower-case name
/// @param body text of the body
/// @param reason reason of the `ErrorInfo`, where the call went over gRPC and failed
/// @param millis how long it took, ms
record Answer(
    int status,
    ImmutableMap<String, String> headers,
    String body,
    Optional<String> reason,
    long millis) {
  @Override
  public String toString() {
    String shown = body.length() > 2_000 ? body.substring(0, 2_000) + "…" : body;
    return status + " " + headers + " " + reason.orElse("") + " in " + millis + " ms\n" + shown;
  }
}
