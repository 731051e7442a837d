package io.swarmpilot.scheduler.output;

import io.swarmpilot.proto.common.v1.JsonValue;

/// A piece of partial output.
///
/// @param attempt attempt of the task that put it out
/// @param sequence its number in that attempt, from 0
/// @param frame whether it belongs to the answer without being output
/// @param json the piece
public record Piece(int attempt, int sequence, boolean frame, JsonValue json) {}
