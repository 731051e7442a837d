package io.swarmpilot.launcher.contract;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls that prove one rule.
///
/// @param name what happens
/// @param rule where the rule is written: `wire 4`, `X8`, `T3`, `bad input`
/// @param mesh setup of a mesh of its own; absent: the mesh of the file
/// @param transports transports it is run over; absent: every one
/// @param steps the calls, in order
record Scenario(
    String name, String rule, @Nullable MeshSetup mesh, List<String> transports, List<Step> steps) {
  static final ImmutableList<String> ALL_TRANSPORTS =
      ImmutableList.of(Transport.HTTP, Transport.GRPC, Transport.IN_PROCESS);

  /// Every transport unless the case says otherwise.
  Scenario {
    transports = transports == null ? ALL_TRANSPORTS : transports;
  }
}
